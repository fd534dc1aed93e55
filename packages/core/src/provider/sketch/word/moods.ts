/** Words of the hour. */
export const hours = {
  dusk: 'dusk, sunset, twilight, evening, golden hour, blue hour, gloaming',
  dawn: 'dawn, sunrise, morning, daybreak, first light',
  night: `night, midnight, moonlight, moonlit, starry, nocturnal, starlit, dark, nighttime,
    aurora, northern lights, neon, firefly, constellation, milky way`,
  day: 'noon, day, midday, afternoon, sunny, daylight, summer, bright',
} as const

/** Words of the weather. */
export const weathers = {
  storm: 'storm, stormy, thunder, thunderstorm, lightning, tempest, gale, hurricane',
  rain: 'rain, rainy, drizzle, monsoon, raining, umbrella, wet',
  snow: 'snow, snowy, snowfall, blizzard, snowing, snowflake, frost, frosty',
  fog: 'fog, foggy, mist, misty, haze, hazy',
  clouds: 'cloud, cloudy, overcast, windy, breeze',
  rainbow: 'rainbow',
  aurora: 'aurora, northern lights',
} as const

/** Words of the season. */
export const seasons = {
  autumn: 'autumn, autumnal, fall, october, november, harvest',
  winter: `winter, wintry, snow, snowy, christmas, ice, icy, frozen, december, january, arctic,
    blizzard, snowfall, frost, frosty, glacier, snowing`,
  spring: 'spring, blossom, april, may, easter, springtime',
  summer: 'summer, july, june, august, summery',
} as const

/** What may stand in the sky. */
export const bodies = {
  moon: 'moon, moonlight, moonlit, crescent, full moon',
  sun: 'sun, sunny, sunset, sunrise, sunlit',
  stars: 'star, starry, starlit, constellation, milky way',
} as const

export type Hour = keyof typeof hours
export type Weather = keyof typeof weathers
export type Season = keyof typeof seasons
export type Body = keyof typeof bodies
