import type { Canvas, Draw } from '../canvas.ts'
import { natural } from '../canvas.ts'
import { mix } from '../colour.ts'
import type { SubjectName } from '../word/subjects.ts'
import { bear, cat, dog, fox, rabbit } from './animals.ts'
import { deer, dragon, elephant, horse, sheep } from './beasts.ts'
import { bird, heron, owl, penguin } from './birds.ts'
import { canoe, paperboat, sailboat, ship } from './boats.ts'
import { bridge, cabin, castle, church, house, lighthouse, tent, windmill } from './buildings.ts'
import { book, candle, chair, chest, computer, key, lamp, typewriter } from './desk.ts'
import { apple, bowl, lemon, pear } from './fruit.ts'
import { astronaut, planet, rocket, satellite } from './heavens.ts'
import { camera, clock, compass, gear, guitar, radio } from './instruments.ts'
import { bottle, bread, cake, cup, teapot, vase } from './kitchen.ts'
import { figure, robot, umbrella } from './people.ts'
import { cactus, flower, houseplant, leaf, mushroom } from './plants.ts'
import { butterfly, fish, octopus, snail, whale } from './sea-life.ts'
import { balloon, bicycle, kite, plane, train, van } from './travel.ts'
import { fir, leafy, palm } from './trees.ts'

/** What carries a subject. */
export type Stands = 'ground' | 'water' | 'air' | 'table'

/** A drawing with the room that it takes in its own units. */
export interface Motif {
  readonly draw: Draw
  readonly width: number
  readonly height: number
  readonly stands: Stands
}

/** Every subject, drawn. */
export const motifs: Readonly<Record<SubjectName, Motif>> = {
  lighthouse: on('ground', lighthouse, [64, 104]),
  house: on('ground', house, [104, 96]),
  cabin: on('ground', cabin, [94, 100]),
  windmill: on('ground', windmill, [94, 112]),
  castle: on('ground', castle, [92, 102]),
  church: on('ground', church, [74, 102]),
  tent: on('ground', tent, [104, 76]),
  bridge: on('water', bridge, [190, 92]),
  sailboat: on('water', sailboat, [90, 102]),
  ship: on('water', ship, [170, 112]),
  canoe: on('water', canoe, [120, 74]),
  paperboat: on('water', paperboat, [112, 86]),
  train: on('ground', train, [216, 104]),
  bicycle: on('ground', bicycle, [110, 78]),
  van: on('ground', van, [116, 76]),
  balloon: on('air', balloon, [92, 132]),
  plane: on('air', plane, [150, 90]),
  kite: on('air', kite, [80, 130]),
  rocket: on('air', rocket, [66, 128]),
  planet: on('air', planet, [124, 96]),
  astronaut: on('ground', astronaut, [104, 100]),
  satellite: on('air', satellite, [136, 88]),
  fox: on('ground', fox, [92, 90]),
  cat: on('ground', cat, [74, 86]),
  dog: on('ground', dog, [80, 86]),
  bird: on('air', bird, [150, 90]),
  heron: on('ground', heron, [104, 122]),
  owl: on('air', owl, [150, 104]),
  penguin: on('ground', penguin, [82, 92]),
  whale: on('air', whale, [220, 96]),
  fish: on('air', fish, [136, 82]),
  octopus: on('air', octopus, [164, 120]),
  bear: on('ground', bear, [140, 90]),
  deer: on('ground', deer, [100, 128]),
  rabbit: on('ground', rabbit, [60, 90]),
  horse: on('ground', horse, [124, 112]),
  elephant: on('ground', elephant, [152, 106]),
  sheep: on('ground', sheep, [76, 64]),
  butterfly: on('air', butterfly, [110, 74]),
  snail: on('ground', snail, [96, 60]),
  flower: on('ground', flower, [84, 122]),
  leaf: on('ground', leaf, [130, 116]),
  mushroom: on('ground', mushroom, [104, 90]),
  conifer: on('ground', pine, [56, 104]),
  tree: on('ground', oak, [66, 104]),
  palm: on('ground', tropical, [112, 106]),
  cactus: on('ground', cactus, [66, 104]),
  plant: on('table', houseplant, [96, 96]),
  vase: on('table', vase, [130, 136]),
  teapot: on('table', teapot, [130, 104]),
  cup: on('table', cup, [78, 82]),
  bread: on('table', bread, [140, 60]),
  cake: on('table', cake, [104, 84]),
  apple: on('table', apple, [66, 74]),
  pear: on('table', pear, [64, 90]),
  lemon: on('table', lemon, [92, 76]),
  bowl: on('table', bowl, [108, 84]),
  bottle: on('table', bottle, [40, 92]),
  book: on('table', book, [136, 56]),
  lamp: on('table', lamp, [134, 112]),
  typewriter: on('table', typewriter, [130, 90]),
  computer: on('table', computer, [144, 88]),
  camera: on('table', camera, [100, 70]),
  clock: on('table', clock, [76, 92]),
  candle: on('table', candle, [84, 100]),
  radio: on('table', radio, [110, 96]),
  guitar: on('table', guitar, [80, 132]),
  compass: on('table', compass, [92, 92]),
  key: on('table', key, [70, 98]),
  chest: on('table', chest, [94, 84]),
  gear: on('table', gear, [114, 98]),
  robot: on('ground', robot, [104, 112]),
  figure: on('ground', figure, [80, 106]),
  dragon: on('ground', dragon, [190, 120]),
  umbrella: on('ground', umbrella, [112, 98]),
  chair: on('ground', chair, [94, 100]),
}

function on(
  stands: Stands,
  draw: Draw,
  [width, height]: readonly [width: number, height: number],
): Motif {
  return { draw, width, height, stands }
}

function pine(canvas: Canvas): string {
  const { palette: p } = canvas
  return fir(p.named ?? mix(natural(canvas, '#2f6b55'), p.near, 0.4))(canvas)
}

function oak(canvas: Canvas): string {
  const { palette: p } = canvas
  return leafy(p.named ?? mix(p.accent, p.second, 0.5))(canvas)
}

function tropical(canvas: Canvas): string {
  const { palette: p } = canvas
  return palm(p.named ?? mix(natural(canvas, '#2f7d5c'), p.near, 0.3))(canvas)
}
