import { Leading } from './leading.tsx'
import { RepairLog } from './repair-log.tsx'
import { Splits } from './splits.tsx'

/** Articles whose comments stand at several addresses: found, brought together, and taken apart again. */
export default function AddressesPage({ site }: { site: string }) {
  const path = `/api/v1/sites/${site}`
  return (
    <>
      <Splits path={path} />
      <Leading path={path} />
      <RepairLog path={path} />
    </>
  )
}
