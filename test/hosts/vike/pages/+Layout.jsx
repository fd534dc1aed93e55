const base = import.meta.env.BASE_URL

export function Layout({ children }) {
  return (
    <>
      <nav>
        <a href={base}>Fifty</a> <a href={`${base}second`}>Second</a>
      </nav>
      <main>{children}</main>
    </>
  )
}
