import { openFake } from './fake-place.js'
import { conformanceSuite } from './suite.js'

conformanceSuite('on fakeAws()', openFake)
