import config from 'vike-react/config'

export default { extends: [config], prerender: true, favicon: 'data:,' }
