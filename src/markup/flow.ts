interface Element {
  name: string
  tag: string
  written: boolean
}

/**
 * Writes blocks that hold paragraphs that hold inline elements. Tags and breaks wait until there is
 * something to read behind them, so nothing empty is ever written.
 */
export class Flow {
  #html = ''
  #links = 0
  #quotes: Element[] = []
  #pre: (Element & { madeForCode: boolean }) | null = null
  #inline: Element[] = []
  #inParagraph = false
  #breaks = 0
  #afterTypedBreak = false
  #afterBlock = false
  #indent = ''

  get isBetweenElements(): boolean {
    return this.#pre === null && this.#inline.length === 0
  }

  text(text: string): void {
    if (this.#isVerbatim) return this.#verbatim(text)
    const lines = text.split('\n')
    lines.forEach((line, index) => {
      // The newline typed behind a `<br>` belongs to it.
      const belongsToBreak = index === 1 && this.#afterTypedBreak && lines[0]?.trim() === ''
      if (index > 0 && !belongsToBreak) this.#breaks += 1
      const isBlank = line.trim() === ''
      if (!isBlank) this.#reveal()
      if (!isBlank || (this.#inParagraph && this.#breaks === 0)) this.#html += line
    })
    this.#afterTypedBreak = false
  }

  lineBreak(): void {
    if (this.#isVerbatim) return this.#verbatim('\n')
    this.#breaks += 1
    this.#afterTypedBreak = true
  }

  blankLine(): void {
    if (!this.#isVerbatim) this.#breaks = Math.max(this.#breaks, 2)
  }

  startQuote(tag: string): void {
    if (this.#pre !== null) return
    this.#endParagraph()
    this.#quotes.push({ name: 'blockquote', tag, written: false })
  }

  endQuote(): void {
    if (this.#pre !== null) return
    this.#endParagraph()
    this.#endBlock(this.#quotes.pop())
  }

  startPre(madeForCode = false): void {
    if (this.#pre !== null) return
    this.#endParagraph()
    this.#pre = { name: 'pre', tag: '<pre>', written: false, madeForCode }
  }

  endPre(): void {
    if (this.#pre === null || this.#pre.madeForCode) return
    this.#leavePre(this.#pre)
  }

  startCodeBlock(tag: string): void {
    this.startPre(true)
    this.startInline('code', tag)
  }

  startInline(name: string, tag: string): void {
    // A link that leads nowhere allowed is text.
    if (name === 'a' && !tag.includes(' href="')) return
    if (name === 'a') this.endInline('a')
    this.#inline.push({ name, tag, written: false })
  }

  endInline(name: string): void {
    const index = this.#inline.findLastIndex((element) => element.name === name)
    if (index === -1) return
    for (const element of this.#inline.splice(index).toReversed()) if (element.written) this.#html += `</${element.name}>`
    if (!this.#isVerbatim) this.#indent = ''
    if (this.#pre?.madeForCode && this.#inline.length === 0) this.#leavePre(this.#pre)
  }

  finish(): { html: string; links: number } {
    this.#endParagraph()
    return { html: this.#html, links: this.#links }
  }

  get #isVerbatim(): boolean {
    return this.#pre !== null || this.#inline.some(({ name }) => name === 'code')
  }

  #verbatim(text: string): void {
    // `<code>` alone on its line does not mean an empty first line.
    const isFirst = this.#pre?.madeForCode === true && !this.#pre.written && this.#indent === ''
    this.#indent += isFirst ? text.replace(/^\n/, '') : text
    if (text.trim() !== '') this.#reveal()
  }

  #reveal(): void {
    if (this.#breaks > 1 && !this.#inline.some(({ written }) => written)) this.#closeParagraph()
    if (this.#inParagraph) this.#html += '<br>\n'.repeat(Math.min(this.#breaks, 2))
    this.#breaks = 0
    const blocks = this.#pre === null ? this.#quotes : [...this.#quotes, this.#pre]
    for (const block of blocks) if (!block.written) this.#startBlock(block)
    if (this.#pre === null && !this.#inParagraph) {
      this.#startBlock({ name: 'p', tag: '<p>', written: false })
      this.#inParagraph = true
    }
    for (const element of this.#inline) this.#write(element)
    this.#html += this.#indent
    this.#indent = ''
  }

  #startBlock(block: Element): void {
    if (this.#afterBlock) this.#html += '\n'
    this.#afterBlock = false
    this.#write(block)
  }

  #write(element: Element): void {
    if (element.written) return
    element.written = true
    this.#html += element.tag
    if (element.name === 'a') this.#links += 1
  }

  #endBlock(block: Element | undefined): void {
    if (!block?.written) return
    this.#html += `</${block.name}>`
    this.#afterBlock = true
  }

  #endParagraph(): void {
    for (const { name, written } of this.#inline.splice(0).toReversed()) if (written) this.#html += `</${name}>`
    this.#indent = ''
    this.#closeParagraph()
    this.#breaks = 0
  }

  #closeParagraph(): void {
    if (!this.#inParagraph) return
    this.#inParagraph = false
    this.#html += '</p>'
    this.#afterBlock = true
  }

  #leavePre(pre: Element): void {
    this.#endParagraph()
    this.#endBlock(pre)
    this.#pre = null
  }
}
