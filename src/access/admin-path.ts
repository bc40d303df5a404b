/** Where members sign in and work. */
export const ADMIN_PATH = '/admin'
