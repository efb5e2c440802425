import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import { AwsFault } from '../world/aws-fault.js'
import type { World } from '../world/world.js'

/** Refuses a request that names a work team or a model that is not there, for a job that looks at everything. */
export function checkNamedThings(world: World, request: CreateLabelingJobRequest): void {
  const { HumanTaskConfig, LabelingJobAlgorithmsConfig } = request
  const team = HumanTaskConfig.WorkteamArn
  const known = world.workteams.get(team)
  if (known === undefined && !team.includes(':workteam/public-crowd/'))
    throw new AwsFault('ValidationException', `The work team ${team} does not exist.`)
  if (known?.groups.length === 0)
    throw new AwsFault('ValidationException', `The work team ${team} has no members.`)
  const model = LabelingJobAlgorithmsConfig?.InitialActiveLearningModelArn
  if (model !== undefined && !world.modelJobs.models.has(model))
    throw new AwsFault('ValidationException', `Could not find model "${model}".`)
}
