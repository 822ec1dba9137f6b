import { describe, expect, it } from "vitest";
import { reasonOf } from "../../../cli/review/base";

describe("npm's reason", () => {
  it.each([
    [
      "npm error code ENOTFOUND\nnpm error syscall getaddrinfo\nnpm error errno ENOTFOUND\nnpm error network request to https://packages.example/zod failed\nnpm error network In most cases you are behind a proxy.\nnpm error A complete log of this run can be found in: /x.log\n",
      "network request to https://packages.example/zod failed",
    ],
    ["npm ERR! code E404\nnpm ERR! 404 Not Found\n", "404 Not Found"],
    ["npm error A complete log of this run can be found in: /x.log\n", "npm did not say why."],
  ])("is found in %j", (stderr, reason) => {
    expect(reasonOf(stderr)).toBe(reason);
  });
});
