import { DirectionProvider, localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { Router } from 'wouter'
import { beginReading } from './api/begin-reading.ts'
import { client } from './api/client.ts'
import './shell/mantine.css'
import './shell/style.css'
import { reloadAfterRelease } from './shell/after-release.ts'
import { App } from './shell/app.tsx'
import { colours, theme } from './shell/theme.ts'
import { SignedIn } from './session/signed-in.tsx'
import { SpeechProvider } from './speech/speech.tsx'

const place = document.getElementById('admin')
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''

reloadAfterRelease()
beginReading(client)
if (place) {
  createRoot(place).render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={colours}
      defaultColorScheme="auto"
      colorSchemeManager={localStorageColorSchemeManager({ key: 'balas.colours' })}
      getStyleNonce={() => nonce}
    >
      <DirectionProvider>
        <QueryClientProvider client={client}>
          <Router base="/admin">
            <SpeechProvider>
              <SignedIn>
                <App />
              </SignedIn>
            </SpeechProvider>
          </Router>
        </QueryClientProvider>
      </DirectionProvider>
    </MantineProvider>,
  )
}
