import { beforeAll, describe, expect, it } from "vitest";
import type { Node } from "web-tree-sitter";
import { rightOnce, singleTries } from "../support/guest/firstNeeds";
import { finals, flags, kills } from "../support/guest/kills";
import { guestText, powershellTree, scriptNames, sharedNames } from "../support/guest/powershell";

let tree: (text: string) => Node;
beforeAll(async () => {
  tree = await powershellTree();
});

const files = [...scriptNames, ...sharedNames];

describe("a script that is killed at any line", () => {
  it.each(files)("%s has no place where that matters and nobody said what is left", (file) => {
    const known = kills.filter((kill) => kill.file === file);
    const found = finals(tree(guestText(file)));
    expect(found.filter((text) => !known.some(({ place }) => place.test(text)))).toEqual([]);
    expect(known.filter(({ place }) => !found.some((text) => place.test(text)))).toEqual([]);
  });

  it.each(files)("%s keeps nothing in a flag that decides what is to be done", (file) => {
    expect(flags(tree(guestText(file)))).toEqual([]);
  });

  it("is found out where it has one of either", () => {
    const text = "$restart = $false\nif ($restart) { Restart-Sql }\ntry { Get-Date } finally { Get-Date }\n";
    expect(flags(tree(text))).toEqual(["restart"]);
    expect(finals(tree(text))).toEqual(["try { Get-Date } finally { Get-Date }"]);
  });

  it("finds the mark that was written before the act that it is about", () => {
    for (const file of ["Join-Domain.ps1", "Install-Forest.ps1", "Install-ReplicaDomainController.ps1"]) {
      const text = guestText(file);
      const act = text.search(/^ +(?:Add-Computer |Install-ADDS\w+ @)/m);
      expect(act).toBeGreaterThan(0);
      expect(text.indexOf("Set-RestartMark")).toBeGreaterThan(0);
      expect(text.indexOf("Set-RestartMark")).toBeLessThan(act);
    }
  });
});

describe("what is needed for the first time", () => {
  it.each(files)("%s tries it for minutes, not once", (file) => {
    const places = Object.keys(rightOnce);
    const once = singleTries(file, tree(guestText(file)));
    expect(once.filter((one) => !places.some((place) => one.startsWith(`${place}:`)))).toEqual([]);
  });

  it("is right at once where the list says why, and nowhere else", () => {
    const found = files.flatMap((file) => singleTries(file, tree(guestText(file))));
    for (const place of Object.keys(rightOnce)) expect(found.join("\n"), place).toContain(`${place}:`);
  });

  it("is found out where it is tried once", () => {
    expect(singleTries("x.ps1", tree('Resolve-DnsName -Name "a"\n'))).toEqual([
      'x.ps1: Resolve-DnsName -Name "a"',
    ]);
    expect(
      singleTries("x.ps1", tree("Wait-For -What 'a' -Minutes 5 -Condition { Resolve-DnsName -Name 'a' }\n")),
    ).toEqual([]);
  });
});
