/** Types of `virtual:imprompt/NAME` for any name; `.imprompt/types.d.ts` knows the names of the project. */
declare module 'virtual:imprompt/*' {
  const picture: import('@imprompt/core').PictureData
  export default picture
}
