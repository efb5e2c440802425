import { openMoto } from './moto-place.js'
import { conformanceSuite } from './suite.js'

const endpoint = process.env['MOTO_ENDPOINT']
if (endpoint === undefined) throw new Error('MOTO_ENDPOINT names no moto server: run `npm run test:moto`')

conformanceSuite('on moto', () => openMoto(endpoint))
