import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Server, freePort, lacking, serverFolder, startDaemon } from './daemon.ts'

/** Why lighttpd with WebDAV cannot be started here, and how to get it. */
export const lighttpdHindrance = lacking({ lighttpd: 'lighttpd lighttpd-mod-webdav' })

/** A web server that takes PUT and honours `If-None-Match`. */
export async function startLighttpd(): Promise<Server> {
  const folder = serverFolder()
  const port = await freePort()
  mkdirSync(join(folder, 'files'))
  const config = join(folder, 'lighttpd.conf')
  writeFileSync(
    config,
    `server.document-root = "${folder}/files"
server.port = ${port}
server.bind = "127.0.0.1"
server.errorlog = "${folder}/error.log"
server.upload-dirs = ( "${folder}" )
server.modules = ( "mod_webdav" )
# Tests change files behind its back.
server.stat-cache-engine = "disable"
# Without a type it tells no time of its files.
mimetype.assign = ( "" => "application/octet-stream" )
webdav.activate = "enable"
webdav.is-readonly = "disable"
`,
  )
  return startDaemon('lighttpd', ['-D', '-f', config], { folder, port })
}

/** Why nginx with WebDAV cannot be started here, and how to get it. */
export const nginxHindrance = lacking({ nginx: 'nginx' })

/** A web server that takes PUT and ignores `If-None-Match`. */
export async function startNginx(): Promise<Server> {
  const folder = serverFolder()
  const port = await freePort()
  mkdirSync(join(folder, 'files'))
  for (const path of [folder, join(folder, 'files')]) chmodSync(path, 0o777)
  const config = join(folder, 'nginx.conf')
  writeFileSync(
    config,
    `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  client_max_body_size 100m;
  server {
    listen 127.0.0.1:${port};
    root ${folder}/files;
    location / { dav_methods PUT; }
  }
}
`,
  )
  return startDaemon('nginx', ['-c', config], { folder, port })
}
