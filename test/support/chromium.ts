import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A Chromium without a window, where there is one: `CHROMIUM`, or Debian's package. */
export const chromium = [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome"].find(
  (name) => name !== undefined && spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0,
);

export interface Drawn {
  readonly text: string;
  /** Whether it lies in the smallest shape that its middle is in. */
  readonly inside: boolean;
  /** Texts that it lies over. */
  readonly over: readonly string[];
}

/** Finds out in the page where each text lies, and writes it where `--dump-dom` shows it. */
const measure = `() => {
  const box = (element) => element.getBoundingClientRect();
  const shapes = [...document.querySelectorAll("polygon, path, rect")]
    .filter((shape) => shape.getAttribute("fill") !== "none")
    .map(box)
    .sort((one, other) => one.width * one.height - other.width * other.height);
  const texts = [...document.querySelectorAll("text")].map((element) => ({
    text: element.textContent ?? "",
    at: box(element),
  }));
  const found = texts.map(({ text, at }) => {
    const [x, y] = [(at.left + at.right) / 2, (at.top + at.bottom) / 2];
    const around = shapes.find((one) => one.left <= x && x <= one.right && one.top <= y && y <= one.bottom);
    const inside = around !== undefined && around.left <= at.left && at.right <= around.right;
    const over = texts
      .filter((other) => other.at !== at)
      .filter(
        (other) =>
          Math.min(at.right, other.at.right) - Math.max(at.left, other.at.left) > 1 &&
          Math.min(at.bottom, other.at.bottom) - Math.max(at.top, other.at.top) > 3,
      )
      .map((other) => other.text);
    return { text, inside, over };
  });
  document.body.textContent = "FOUND" + JSON.stringify(found) + "DNUOF";
}`;

/** Every text of an SVG as a browser draws it. */
export function drawnIn(svg: string, folder: string): readonly Drawn[] {
  const page = join(folder, "page.html");
  writeFileSync(page, `<meta charset="utf-8"><body>${svg}<script>(${measure})()</script></body>`);
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${folder}`, "--dump-dom"];
  const { stdout } = spawnSync(chromium ?? "", [...flags, pathToFileURL(page).href], {
    encoding: "utf8",
    timeout: 60_000,
  });
  const json = /FOUND(.*)DNUOF/s.exec(stdout)?.[1] ?? "[]";
  return JSON.parse(json.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"));
}
