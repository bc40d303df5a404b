import { useState } from 'react'

interface Props {
  label: string
  hint: string
  file: File | null
  onFile: (file: File) => void
}

/** A place for one file: chosen as usual, by the keyboard too, or dropped there. */
export function DropZone({ label, hint, file, onFile }: Props) {
  const [isOver, setOver] = useState(false)
  const take = (files: FileList | null | undefined) => {
    const [first] = files ?? []
    if (first) onFile(first)
  }
  return (
    <label
      className="drop-zone"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files)
      }}
    >
      <span className="soft">{file ? <bdi>{file.name}</bdi> : hint}</span>
      <input type="file" aria-label={label} onChange={({ target }) => take(target.files)} />
    </label>
  )
}
