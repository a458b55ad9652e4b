// `bindings/Hours.ts` names `Weekday` inside a type that was written by hand in Rust and so does not import it.
type Weekday = import("./bindings/Weekday").Weekday;
