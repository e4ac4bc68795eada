/** Something chosen, by its id, and what it is called. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}
