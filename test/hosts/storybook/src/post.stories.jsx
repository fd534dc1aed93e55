import React from 'react'
import post from './post.md?raw'

export default {
  title: 'Post',
  render: () => <div dangerouslySetInnerHTML={{ __html: post }} />,
}

export const Page = {}
