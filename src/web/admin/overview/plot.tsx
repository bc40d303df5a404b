import '@mantine/charts/styles.css'
import { BarChart } from '@mantine/charts'
import { useSpeech } from '../speech/speech.tsx'
import type { Overview } from './overview-page.tsx'

/** A bar for each day, parted by how its comments stand now. The table below it says the same in figures. */
export default function Plot({ days }: Pick<Overview, 'days'>) {
  const { t, locale } = useSpeech()
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const series = [
    { name: 'approved', label: t('admin.status.approved'), color: 'ink.6' },
    { name: 'pending', label: t('admin.status.pending'), color: 'yellow.6' },
    { name: 'rejected', label: t('admin.status.rejected'), color: 'gray.6' },
    { name: 'spam', label: t('admin.status.spam'), color: 'red.7' },
  ]
  return (
    <div aria-hidden="true">
      <BarChart
        h={280}
        data={days.map((day) => ({ ...day, day: short.format(new Date(day.day)) }))}
        dataKey="day"
        type="stacked"
        series={series}
        withLegend
        withTooltip
        yAxisProps={{ allowDecimals: false }}
        xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 40 }}
        barProps={{ isAnimationActive: false }}
        barChartProps={{ accessibilityLayer: false }}
      />
    </div>
  )
}
