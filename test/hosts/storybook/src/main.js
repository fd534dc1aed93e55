import post from './post.md?raw'

document.body.innerHTML = post
