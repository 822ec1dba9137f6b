/* What a runbook is: a procedure of the model with this lab's names and commands in it, for somebody who follows it at three in the morning. */

export type Language = "T-SQL" | "PowerShell" | "Azure CLI" | "Pulumi CLI";

/** One command, where it is typed, and what comes of it. */
export interface Step {
  /** Unique in its runbook: the act of the model and a number, so that a script can bear it. */
  readonly id: string;
  /** What it does, in a few words. */
  readonly title: string;
  /** The machine on which it is typed; empty for what is typed wherever the CLI is. */
  readonly machine: string;
  /** The account that it runs as. */
  readonly as: string;
  readonly language: Language;
  readonly command: string;
  /** What a good answer looks like. */
  readonly expect: string;
  /** How long to wait for it. */
  readonly waitMinutes: number;
  /** What to do when it does not come. */
  readonly otherwise: string;
  /** Whether it does no harm a second time. */
  readonly repeatable: boolean;
  /** What takes it back; empty where nothing does. */
  readonly undo: string;
  /** Whether Skype for Business must be installed for it. */
  readonly needs: "" | "Skype for Business";
  /** What the sources leave open about it; empty where they leave nothing. */
  readonly open: string;
}

export interface Runbook {
  /** What is typed to see it. */
  readonly name: string;
  readonly title: string;
  /** The database that it is about. */
  readonly database: string;
  readonly when: string;
  /** Minutes of acknowledged messages that are lost at most; nothing where nobody counts them. */
  readonly loses: number | null;
  /** Whether somebody must answer for what is lost before it is begun. */
  readonly decides: boolean;
  /** Of the machines; people need their own time on top. */
  readonly minutes: number;
  readonly before: readonly Step[];
  readonly acts: readonly Step[];
  readonly after: readonly Step[];
}
