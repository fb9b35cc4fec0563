import { join } from 'node:path';
import { findInPath, installDebianPackage, isExecutable, mayInstallDebianPackages } from './executables.mjs';

/** A program that comes with an operating system. */
export interface SystemProgram {
  /** As people call it. */
  readonly title: string;
  readonly command: string;
  readonly debianPackage: string;
}

/** Path of an installed program, installed first when need be and possible. Throws one clear line when it can't be had. */
export async function findOrInstall({ title, command, debianPackage }: SystemProgram): Promise<string> {
  const found = find(command);
  if (found !== null) return found;
  const isInstalled = mayInstallDebianPackages() && (await installDebianPackage(debianPackage));
  const path = isInstalled ? find(command) : null;
  if (path !== null) return path;
  throw new Error(`No ${title} was found and none could be installed. Install ${command} (Debian's ${debianPackage}).`);
}

/** Debian keeps servers in a folder that is in the PATH of root alone. */
function find(command: string): string | null {
  const outsidePath = join('/usr/sbin', command);
  return findInPath(command) ?? (isExecutable(outsidePath) ? outsidePath : null);
}
