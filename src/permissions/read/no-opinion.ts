/** The errors by which IAM's simulator says that it cannot judge what it was asked. */
export const NO_OPINION: readonly string[] = [
  'NoSuchEntity',
  'NoSuchEntityException',
  'InvalidInput',
  'InvalidInputException',
  'PolicyEvaluation',
  'PolicyEvaluationException',
]
