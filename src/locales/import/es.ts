import type { ImportMessages } from '../index.ts'

export const importEs: ImportMessages = {
  'admin.import.reason.no-id': 'No tiene un id por el que reconocerlo. Dele uno en la lista de lo omitido e impórtela.',
  'admin.import.reason.no-article': 'No nombra ningún artículo. Escriba la dirección del artículo en la lista de lo omitido e impórtela.',
  'admin.import.reason.no-address': 'Su artículo no tiene dirección. Escríbala en la lista de lo omitido e impórtela.',
  'admin.import.reason.not-web': 'La dirección de su artículo no es http ni https. Corríjala en la lista de lo omitido e impórtela.',
  'admin.import.reason.needs-base':
    'La dirección de su artículo no dice el sitio. Importe de nuevo el archivo e indique la dirección del sitio como base.',
  'admin.import.reason.article-missing':
    'Su artículo no está en el archivo. Exporte todo, también los artículos; o escriba la dirección en la lista de lo omitido.',
  'admin.import.reason.article-deleted':
    'Su conversación se borró allí. Para tenerlo de todos modos, impórtelo desde la lista de lo omitido.',
  'admin.import.reason.article-no-id': 'Una conversación sin id: nada puede pertenecerle. No hay nada que hacer.',
  'admin.import.reason.outside': 'Está fuera de todo artículo, así que no se sabe de cuál es. Haga de nuevo la exportación.',
  'admin.import.reason.pingback': 'Un pingback: el aviso de que otra página enlaza aquí, no un comentario. No hay nada que hacer.',
  'admin.import.reason.trackback': 'Un trackback: el aviso de que otra página enlaza aquí, no un comentario. No hay nada que hacer.',
  'admin.import.reason.plugin-note':
    'Una nota del tipo «{{what}}» que un plugin guarda como comentario, no para lectores. No hay nada que hacer.',
  'admin.import.reason.too-long':
    'El registro ocupa más de 1 MB, y ningún comentario es tan largo. Mírelo en el archivo y acórtelo si lo es.',
  'admin.import.reason.too-deep': 'El registro está anidado más hondo de lo que escribe ningún sistema. Haga de nuevo la exportación.',
  'admin.import.reason.too-many-cells':
    'La fila tiene más celdas que la primera: un texto con separador o salto de línea necesita comillas. Guarde de nuevo el CSV con todas las celdas entre comillas.',
  'admin.import.reason.bad-json': 'No es JSON bien formado ({{what}}). Corríjalo o haga de nuevo la exportación.',
  'admin.import.reason.bad-xml': 'Sus etiquetas XML no coinciden. Corríjalas o haga de nuevo la exportación.',
  'admin.import.reason.bad-field':
    'Un campo no es como lo escriben nuestras exportaciones ({{what}}). Corríjalo en la lista de lo omitido.',
  'admin.import.reason.foreign-host':
    'Su artículo está en un servidor que no es del sitio. Añádalo a las direcciones del sitio; o, si el sitio se mudó, importe por la línea de comandos con --from y --base.',
  'admin.import.reason.twice': 'Su id aparece dos veces en el archivo, y entró el primero. Si difieren, dé a este otro id.',
  'admin.import.reason.bad-text': 'Su texto contiene caracteres dañados. Corríjalos en la lista de lo omitido e impórtela.',
  'admin.import.reason.body-long': 'Ocupa más de 64 KiB. Acórtelo en la lista de lo omitido e impórtela.',
  'admin.import.reason.empty': 'No hay nada que leer en él, solo espacios o lo que aquí no se muestra. No hay nada que hacer.',
  'admin.import.reason.unclean-html':
    'Su HTML contiene lo que aquí no se permite: el archivo fue modificado. Exporte otra vez desde el Balas que lo escribió.',
  'admin.import.reason.too-early': 'Su fecha es anterior a 1970. Corríjala en la lista de lo omitido e impórtela.',
  'admin.import.reason.removed-leaf': 'Se retiró allí y nada le responde. No hay nada que hacer.',
  'admin.import.reason.refused': 'La base de datos no lo aceptó. Importe de nuevo el archivo; si sigue fuera, mírelo en la lista.',
  'admin.import.reason.parent-missing':
    'Aquello a lo que responde no está en el archivo o se omitió. Hágalo entrar e importe de nuevo el archivo.',
  'admin.import.reason.parent-elsewhere': 'Aquello a lo que responde está en otro artículo. Ahora está solo.',
  'admin.import.reason.parent-deleted': 'Aquello a lo que responde se borró aquí. Ahora está solo.',
  'admin.import.reason.parent-loop': 'Se responde a sí mismo a través de sus propias respuestas. Ahora está solo.',
  'admin.import.reason.parent-self': 'Dice que se responde a sí mismo. Ahora está solo.',
  'admin.import.reason.no-date':
    'No tiene una fecha legible y recibió la de su artículo o la de la importación. Mire las fechas del archivo.',
  'admin.import.reason.odd-date':
    'Su fecha no puede ser cierta, anterior a 1970 o futura, y recibió la de su artículo o la de la importación. Mire las fechas del archivo.',
  'admin.import.reason.bad-email': 'Su dirección de correo no es válida y se dejó fuera. El comentario está aquí.',
  'admin.import.reason.bad-website': 'Su sitio web no es una dirección http o https y se dejó fuera. El comentario está aquí.',
  'admin.import.reason.long-name': 'Su nombre era demasiado largo y se cortó. El comentario está aquí.',
  'admin.import.reason.undone': 'La importación terminó antes. Importe de nuevo el archivo: lo que entró se queda, y entra el resto.',
  'admin.import.reason.post-private':
    'Su artículo es privado allí, así que entró como rechazado. Apruébelo aquí si los lectores pueden verlo.',
  'admin.import.reason.post-draft':
    'Su artículo es un borrador allí, así que entró como rechazado. Apruébelo aquí si los lectores pueden verlo.',
  'admin.import.reason.post-pending':
    'Su artículo espera revisión allí, así que entró como rechazado. Apruébelo aquí si los lectores pueden verlo.',
  'admin.import.reason.post-future':
    'Su artículo ha de aparecer más tarde allí, así que entró como rechazado. Apruébelo aquí cuando el artículo haya salido.',
  'admin.import.reason.post-trash':
    'Su artículo está en la papelera allí, así que entró como rechazado. Apruébelo aquí si los lectores pueden verlo.',
  'admin.import.reason.post-password':
    'Su artículo tiene contraseña allí, así que entró como rechazado. Apruébelo aquí si los lectores pueden verlo.',
  'admin.import.reason.post-other':
    'No se sabe si su artículo es público allí, así que entró como rechazado. Apruébelo aquí si los lectores pueden verlo.',
  'admin.import.reason.clash-articles':
    'Su número está también en otro artículo del archivo. Cada uno es un comentario propio; no hay nada que hacer.',
  'admin.import.reason.clash-here':
    'Otro comentario de aquí tiene su número, al parecer de otro blog. Cada uno es un comentario propio; mire si aparece dos veces.',
  'admin.import.reason.wordpress-no-spam':
    'WordPress deja el spam fuera de sus exportaciones. Si puede haber comentarios buenos en su carpeta de spam, márquelos allí como no spam, exporte de nuevo e importe también ese archivo.',
  'admin.import.reason.other': 'Por otras razones; la lista de lo omitido las tiene todas.',
}
