declare module 'asl-validator' {
  /** Validates a state machine in the Amazon States Language; writes into what it is given. */
  function validate(machine: object): { readonly isValid: boolean; readonly errors: readonly object[] }
  export = validate
}
