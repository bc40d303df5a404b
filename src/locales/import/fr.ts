import type { ImportMessages } from '../index.ts'

export const importFr: ImportMessages = {
  'admin.import.reason.no-id':
    'Il n’a pas d’identifiant permettant de le reconnaître. Donnez-lui-en un dans la liste des commentaires écartés, puis importez-la.',
  'admin.import.reason.no-article':
    'Il ne nomme aucun article. Inscrivez l’adresse de l’article dans la liste des commentaires écartés, puis importez-la.',
  'admin.import.reason.no-address': 'Son article n’a pas d’adresse. Inscrivez-la dans la liste des commentaires écartés, puis importez-la.',
  'admin.import.reason.not-web':
    'L’adresse de son article n’est ni http ni https. Corrigez-la dans la liste des commentaires écartés, puis importez-la.',
  'admin.import.reason.needs-base':
    'L’adresse de son article ne dit pas le site. Importez de nouveau le fichier en donnant l’adresse du site comme base.',
  'admin.import.reason.article-missing':
    'Son article n’est pas dans le fichier. Exportez tout, articles compris ; ou inscrivez l’adresse dans la liste des commentaires écartés.',
  'admin.import.reason.article-deleted':
    'Sa discussion a été supprimée là-bas. Pour le garder malgré tout, importez-le depuis la liste des commentaires écartés.',
  'admin.import.reason.article-no-id': 'Une discussion sans identifiant : rien ne peut lui appartenir. Il n’y a rien à faire.',
  'admin.import.reason.outside': 'Il se trouve hors de tout article, qui reste donc inconnu. Refaites l’exportation.',
  'admin.import.reason.pingback': 'Un pingback : l’avis qu’une autre page renvoie ici, pas un commentaire. Il n’y a rien à faire.',
  'admin.import.reason.trackback': 'Un trackback : l’avis qu’une autre page renvoie ici, pas un commentaire. Il n’y a rien à faire.',
  'admin.import.reason.plugin-note':
    'Une note de type « {{what}} » qu’une extension garde comme commentaire, non destinée aux lecteurs. Il n’y a rien à faire.',
  'admin.import.reason.too-long':
    'L’entrée dépasse 1 Mo, ce qu’aucun commentaire ne fait. Regardez-la dans le fichier, et raccourcissez-la si c’en est un.',
  'admin.import.reason.too-deep': 'L’entrée est imbriquée plus profondément qu’aucun système ne l’écrit. Refaites l’exportation.',
  'admin.import.reason.too-many-cells':
    'La ligne a plus de cellules que la première : un texte avec séparateur ou saut de ligne doit être entre guillemets. Enregistrez de nouveau le CSV avec toutes les cellules entre guillemets.',
  'admin.import.reason.bad-json': 'Ce JSON est mal formé ({{what}}). Corrigez-le, ou refaites l’exportation.',
  'admin.import.reason.bad-xml': 'Ses balises XML ne correspondent pas. Corrigez-les, ou refaites l’exportation.',
  'admin.import.reason.bad-field':
    'Un champ n’est pas tel que nos exportations l’écrivent ({{what}}). Corrigez-le dans la liste des commentaires écartés.',
  'admin.import.reason.foreign-host':
    'Son article est sur un hôte qui n’est pas celui du site. Ajoutez l’hôte aux adresses du site ; ou, si le site a déménagé, importez en ligne de commande avec --from et --base.',
  'admin.import.reason.twice':
    'Son identifiant figure deux fois dans le fichier, et le premier est entré. S’ils diffèrent, donnez un autre identifiant à celui-ci.',
  'admin.import.reason.bad-text':
    'Son texte contient des caractères abîmés. Corrigez-les dans la liste des commentaires écartés, puis importez-la.',
  'admin.import.reason.body-long': 'Il dépasse 64 Kio. Raccourcissez-le dans la liste des commentaires écartés, puis importez-la.',
  'admin.import.reason.empty': 'Il n’y a rien à y lire, que des blancs ou ce qui n’est pas montré ici. Il n’y a rien à faire.',
  'admin.import.reason.unclean-html':
    'Son HTML contient ce qui n’est pas permis ici : le fichier a été modifié. Exportez de nouveau depuis le Balas qui l’a écrit.',
  'admin.import.reason.too-early': 'Sa date est antérieure à 1970. Corrigez-la dans la liste des commentaires écartés, puis importez-la.',
  'admin.import.reason.removed-leaf': 'Il a été retiré là-bas, et rien n’y répond. Il n’y a rien à faire.',
  'admin.import.reason.refused':
    'La base de données ne l’a pas accepté. Importez de nouveau le fichier ; s’il reste dehors, regardez-le dans la liste.',
  'admin.import.reason.parent-missing':
    'Ce à quoi il répond n’est pas dans le fichier, ou a été écarté. Faites-le entrer, puis importez de nouveau le fichier.',
  'admin.import.reason.parent-elsewhere': 'Ce à quoi il répond est sous un autre article. Il est seul désormais.',
  'admin.import.reason.parent-deleted': 'Ce à quoi il répond a été supprimé ici. Il est seul désormais.',
  'admin.import.reason.parent-loop': 'Il se répond à lui-même par ses propres réponses. Il est seul désormais.',
  'admin.import.reason.parent-self': 'Il dit répondre à lui-même. Il est seul désormais.',
  'admin.import.reason.no-date':
    'Il n’a pas de date lisible et a reçu celle de son article ou de l’importation. Regardez les dates du fichier.',
  'admin.import.reason.odd-date':
    'Sa date ne peut être juste, avant 1970 ou dans l’avenir, et il a reçu celle de son article ou de l’importation. Regardez les dates du fichier.',
  'admin.import.reason.bad-email': 'Son adresse e-mail n’en est pas une et a été omise. Le commentaire est là.',
  'admin.import.reason.bad-website': 'Son site n’est pas une adresse http ou https et a été omis. Le commentaire est là.',
  'admin.import.reason.long-name': 'Son nom était trop long et a été coupé. Le commentaire est là.',
  'admin.import.reason.undone':
    'L’importation a pris fin avant lui. Importez de nouveau le fichier : ce qui est entré reste, et le reste entre.',
  'admin.import.reason.post-private':
    'Son article est privé là-bas, il est donc entré comme refusé. Approuvez-le ici si les lecteurs peuvent le voir.',
  'admin.import.reason.post-draft':
    'Son article est un brouillon là-bas, il est donc entré comme refusé. Approuvez-le ici si les lecteurs peuvent le voir.',
  'admin.import.reason.post-pending':
    'Son article attend une relecture là-bas, il est donc entré comme refusé. Approuvez-le ici si les lecteurs peuvent le voir.',
  'admin.import.reason.post-future':
    'Son article doit paraître plus tard là-bas, il est donc entré comme refusé. Approuvez-le ici une fois l’article paru.',
  'admin.import.reason.post-trash':
    'Son article est à la corbeille là-bas, il est donc entré comme refusé. Approuvez-le ici si les lecteurs peuvent le voir.',
  'admin.import.reason.post-password':
    'Son article a un mot de passe là-bas, il est donc entré comme refusé. Approuvez-le ici si les lecteurs peuvent le voir.',
  'admin.import.reason.post-other':
    'On ne sait pas si son article est public là-bas, il est donc entré comme refusé. Approuvez-le ici si les lecteurs peuvent le voir.',
  'admin.import.reason.clash-articles':
    'Son numéro figure aussi sous un autre article du fichier. Chacun est un commentaire à part ; il n’y a rien à faire.',
  'admin.import.reason.clash-here':
    'Un autre commentaire ici porte son numéro, d’un autre blog semble-t-il. Chacun est un commentaire à part ; vérifiez s’il figure ici deux fois.',
  'admin.import.reason.wordpress-no-spam':
    'WordPress laisse les indésirables hors de ses exportations. Si de bons commentaires s’y trouvent peut-être, marquez-les là-bas comme acceptables, exportez de nouveau et importez aussi ce fichier.',
  'admin.import.reason.other': 'Pour d’autres raisons ; la liste des commentaires écartés les a toutes.',
}
