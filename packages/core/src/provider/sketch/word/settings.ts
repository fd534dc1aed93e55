/** Places by the words that ask for them. */
export const settings: Readonly<Record<SettingName, string>> = {
  pattern: 'pattern, wallpaper, tile, seamless, repeat, textile, motif',
  diagram: `diagram, flowchart, architecture, pipeline, network, chart, graph, infographic,
    workflow, infrastructure, code, software, api, server, database, microservice,
    circuit, data, algorithm, kubernetes, deployment, cache, build`,
  map: 'map, atlas, cartography, topography, treasure map, roadmap',
  slab: 'isometric, diorama, miniature',
  underwater: `underwater, reef, coral reef, seabed, deep sea, ocean floor, aquarium, jellyfish,
    under the sea`,
  space: 'space, galaxy, cosmos, cosmic, universe, nebula, orbit, outer space, mars, solar system',
  abstract: 'abstract, geometric, bauhaus, shape, composition, suprematist',
  street: `street, alley, avenue, village, town, shop, bakery, cafe, terrace, neighbourhood,
    neighborhood, market, townhouse, storefront, bookshop, canal, amsterdam`,
  city: `city, skyline, skyscraper, downtown, metropolis, tower block, building, urban,
    cityscape, rooftop, tokyo, york, office`,
  table: `table, kitchen, kitchen table, desk, still life, windowsill, window, room, shelf,
    workshop, studio, library, breakfast, interior, workbench, counter, bedroom`,
  desert: 'desert, dune, canyon, mesa, sahara, oasis, savanna, savannah, pyramid, badland',
  forest: 'forest, wood, woodland, jungle, grove, clearing, rainforest, taiga',
  mountains: `mountain, alp, peak, summit, range, cliff, glacier, fjord, himalaya, volcano,
    waterfall, lake, alpine`,
  garden: 'garden, flowerbed, greenhouse, botanical, bouquet, wildflower, park, orchard',
  coast: `sea, ocean, harbour, harbor, coast, beach, island, bay, shore, wave, port, seaside,
    pier, lagoon, tide, reflection, archipelago, river`,
  meadow: `meadow, hill, field, farm, valley, countryside, pasture, landscape, prairie,
    vineyard, moor, path, road, horizon, camp`,
  air: 'sky, flying, flight, soaring, above the clouds, heaven, airborne',
}

export type SettingName =
  | 'pattern'
  | 'diagram'
  | 'map'
  | 'slab'
  | 'underwater'
  | 'space'
  | 'abstract'
  | 'street'
  | 'city'
  | 'table'
  | 'desert'
  | 'forest'
  | 'mountains'
  | 'garden'
  | 'coast'
  | 'meadow'
  | 'air'
