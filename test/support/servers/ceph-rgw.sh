#!/usr/bin/env bash
# A Ceph RADOS Gateway on loopback: one monitor, one OSD in memory and the gateway, without systemd and containers.
# Usage: ceph-rgw.sh FOLDER S3_PORT MONITOR_PORT. Leaves the process ids in FOLDER/run and prints "ready".
set -euo pipefail
folder=$1 port=$2 monitor=$3
mkdir -p "$folder"/{mon,osd,rgw,run,log}
cat >"$folder/ceph.conf" <<CONF
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
mon host = [v2:127.0.0.1:$monitor]
public network = 127.0.0.0/8
auth cluster required = none
auth service required = none
auth client required = none
# The gateway asks for an encrypted session otherwise, which there is no key for.
ms mon client mode = crc
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
mon allow pool size one = true
mon warn on pool no redundancy = false
mon max pg per osd = 1000
osd crush chooseleaf type = 0
run dir = $folder/run
log file = $folder/log/\$name.log
admin socket = $folder/run/\$name.asok
pid file = $folder/run/\$name.pid
keyring = $folder/keyring
crash dir = $folder
[mon]
# One monitor agrees with itself at once.
paxos propose interval = 0.02
paxos min wait = 0.005
mon osd prime pg temp = false
auth allow insecure global id reclaim = false
mon data = $folder/mon
mon initial members = a
mon data avail crit = 1
mon data avail warn = 2
[osd]
osd data = $folder/osd
osd objectstore = memstore
memstore device bytes = 1073741824
osd memory target = 1073741824
[client]
rgw frontends = beast endpoint=127.0.0.1:$port
rgw data = $folder/rgw
rgw dns name = localhost
CONF
export CEPH_CONF=$folder/ceph.conf
export CEPH_ARGS="--conf $folder/ceph.conf"
# Whoever started this learns of no process before all of them run.
trap '[ $? = 0 ] || kill -KILL $(cat "$folder"/run/{mon,osd,rgw} 2>/dev/null) 2>/dev/null' EXIT
until_true() {
  for _ in $(seq 300); do
    "$@" && return
    sleep 0.1
  done
  echo "gave up on: $*" >&2
  return 1
}
ceph-authtool --create-keyring "$folder/keyring" --gen-key -n mon. --cap mon 'allow *' >/dev/null
fsid=$(sed -n 's/^fsid = //p' "$folder/ceph.conf")
monmaptool --create --addv a "[v2:127.0.0.1:$monitor]" --fsid "$fsid" "$folder/monmap" --clobber >/dev/null
ceph-mon --mkfs -i a --monmap "$folder/monmap" --keyring "$folder/keyring"
ceph-mon -f -i a >"$folder/log/mon.out" 2>&1 &
echo $! >"$folder/run/mon"
osd=$(cat /proc/sys/kernel/random/uuid)
made() { timeout 5 ceph --connect-timeout 3 osd new "$osd" 0 >/dev/null 2>&1; }
until_true made
ceph-osd -i 0 --mkfs --osd-uuid "$osd" >"$folder/log/osd-mkfs.out" 2>&1
ceph-osd -f -i 0 >"$folder/log/osd.out" 2>&1 &
echo $! >"$folder/run/osd"
up() { ceph --connect-timeout 3 osd stat 2>/dev/null | grep -q '1 up'; }
until_true up
radosgw -f -n client.admin >"$folder/log/rgw.out" 2>&1 &
echo $! >"$folder/run/rgw"
radosgw-admin user create --uid=test --display-name=test --access-key=TESTKEY --secret-key=TESTSECRET >/dev/null 2>&1
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
until_true answers
echo ready
