// The files that are checked: those of a folder, or copies with some of them changed.
import fs from 'node:fs'
import path from 'node:path'

const texts = new Map()

export class Source {
  constructor(root, changed = {}) {
    this.root = root
    this.changed = changed
  }

  has(file) {
    return this.changed[file] !== undefined ? this.changed[file] !== null : fs.existsSync(path.join(this.root, file))
  }

  read(file) {
    if (this.changed[file] !== undefined) return this.changed[file]
    const full = path.join(this.root, file)
    if (!texts.has(full)) texts.set(full, fs.readFileSync(full, 'utf8'))
    return texts.get(full)
  }

  list(folder, ending) {
    const skipped = new Set(['node_modules', 'bin', 'obj'])
    const found = []
    const visit = (below) => {
      for (const entry of fs.readdirSync(path.join(this.root, below), { withFileTypes: true })) {
        const name = `${below}/${entry.name}`
        if (entry.isDirectory() && !skipped.has(entry.name)) visit(name)
        else if (entry.isFile() && name.endsWith(ending) && this.has(name)) found.push(name)
      }
    }
    visit(folder)
    return found.sort()
  }
}
