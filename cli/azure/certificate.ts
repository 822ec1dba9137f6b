import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lastLine } from "../terminal/terminal";
import { UsageError } from "../terminal/usage";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Days for which a certificate is good: more than 397 some clients take for a mistake. */
const days = 397;

/** The certificate of a folder, by which nobody but this machine is known; a new one where there is none, or where it is about to end. */
export function certificateIn(folder: string): Certificate {
  const [keyPath, certPath] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  if (!isGood(certPath) || !existsSync(keyPath)) make(keyPath, certPath);
  return { key: readFileSync(keyPath, "utf8"), cert: readFileSync(certPath, "utf8") };
}

function isGood(path: string): boolean {
  if (!existsSync(path)) return false;
  const { validTo } = new X509Certificate(readFileSync(path));
  return Date.parse(validTo) > Date.now() + 24 * 3600 * 1000;
}

function make(keyPath: string, certPath: string): void {
  const { error, status, stderr } = spawnSync(
    "openssl",
    [
      "req",
      "-x509",
      ...["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
      ...["-days", String(days), "-subj", "/CN=localhost"],
      ...["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
      ...["-keyout", keyPath, "-out", certPath],
    ],
    { encoding: "utf8" },
  );
  if (error !== undefined)
    throw new UsageError(
      "openssl is not on PATH: it makes the certificate with which the simulated Azure is served. Install it, and try again.",
    );
  if (status !== 0) throw new UsageError(`openssl made no certificate: ${lastLine(stderr)}`);
  chmodSync(keyPath, 0o600);
}
