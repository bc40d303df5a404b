import { createTheme, type CSSVariablesResolver } from '@mantine/core'

/** The one accent: the ink blue of the readers' pages. White can be read on both shades that buttons have. */
export const theme = createTheme({
  colors: {
    ink: ['#edf4fb', '#d8e6f4', '#b3cfea', '#93c0ee', '#6aa3da', '#4585bf', '#2c69a3', '#1b4f83', '#163f69', '#0f2c4a'],
  },
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  headings: { fontFamily: 'inherit', fontWeight: '650' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
})

/** Mantine's greys and reds for small text are too pale for WCAG AA. */
export const colours: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5e584e',
    '--mantine-color-placeholder': '#6b655b',
    '--mantine-color-error': '#a4160e',
    '--mantine-color-text': '#1f1c18',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-red-light-color': '#8f130c',
  },
  dark: {
    '--mantine-color-dimmed': '#aca598',
    '--mantine-color-placeholder': '#a09a8e',
    '--mantine-color-error': '#ff9b90',
    '--mantine-color-text': '#ece8df',
    '--mantine-color-body': '#1c1b19',
  },
})
