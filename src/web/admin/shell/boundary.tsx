import { Component, type ReactNode } from 'react'
import { Failed } from '../parts/states.tsx'

/** Where a part of the page breaks, the rest stays, and it can be tried again. */
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }
  static getDerivedStateFromError = (error: unknown) => ({ error })
  override render() {
    if (this.state.error === null) return this.props.children
    return <Failed error={this.state.error} retry={() => this.setState({ error: null })} />
  }
}
