/**
 * A program whose cells are none: the first calls a helper of the last.
 *
 * Prints: hello
 */
// %% Greets
console.log(greet())

// %% The helper
function greet() {
  return 'hello'
}
