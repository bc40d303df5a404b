import type { ImportMessages } from '../index.ts'

export const importPt: ImportMessages = {
  'admin.import.reason.no-id': 'Não tem um id pelo qual reconhecê-lo. Dê-lhe um na lista do que ficou de fora e importe-a.',
  'admin.import.reason.no-article': 'Não nomeia nenhum artigo. Escreva o endereço do artigo na lista do que ficou de fora e importe-a.',
  'admin.import.reason.no-address': 'Seu artigo não tem endereço. Escreva-o na lista do que ficou de fora e importe-a.',
  'admin.import.reason.not-web': 'O endereço de seu artigo não é http nem https. Corrija-o na lista do que ficou de fora e importe-a.',
  'admin.import.reason.needs-base':
    'O endereço de seu artigo não diz o site. Importe o arquivo de novo e indique o endereço do site como base.',
  'admin.import.reason.article-missing':
    'Seu artigo não está no arquivo. Exporte tudo, também os artigos; ou escreva o endereço na lista do que ficou de fora.',
  'admin.import.reason.article-deleted': 'Sua discussão foi apagada lá. Para tê-lo mesmo assim, importe-o da lista do que ficou de fora.',
  'admin.import.reason.article-no-id': 'Uma discussão sem id: nada pode pertencer a ela. Não há nada a fazer.',
  'admin.import.reason.outside': 'Está fora de qualquer artigo, por isso não se sabe de qual é. Faça a exportação de novo.',
  'admin.import.reason.pingback': 'Um pingback: o aviso de que outra página aponta para cá, não um comentário. Não há nada a fazer.',
  'admin.import.reason.trackback': 'Um trackback: o aviso de que outra página aponta para cá, não um comentário. Não há nada a fazer.',
  'admin.import.reason.plugin-note':
    'Uma nota do tipo “{{what}}” que um plugin guarda como comentário, não para leitores. Não há nada a fazer.',
  'admin.import.reason.too-long': 'O registro tem mais de 1 MB, e nenhum comentário é tão longo. Veja-o no arquivo e encurte-o se for um.',
  'admin.import.reason.too-deep': 'O registro está aninhado mais fundo do que qualquer sistema escreve. Faça a exportação de novo.',
  'admin.import.reason.too-many-cells':
    'A linha tem mais células que a primeira: texto com separador ou quebra de linha precisa de aspas. Salve o CSV de novo com todas as células entre aspas.',
  'admin.import.reason.bad-json': 'Não é JSON bem formado ({{what}}). Corrija-o ou faça a exportação de novo.',
  'admin.import.reason.bad-xml': 'Suas tags XML não combinam. Corrija-as ou faça a exportação de novo.',
  'admin.import.reason.bad-field': 'Um campo não é como nossas exportações o escrevem ({{what}}). Corrija-o na lista do que ficou de fora.',
  'admin.import.reason.foreign-host':
    'Seu artigo está em um servidor que não é do site. Acrescente-o aos endereços do site; ou, se o site se mudou, importe pela linha de comando com --from e --base.',
  'admin.import.reason.twice': 'Seu id aparece duas vezes no arquivo, e o primeiro entrou. Se forem diferentes, dê a este outro id.',
  'admin.import.reason.bad-text': 'Seu texto contém caracteres danificados. Corrija-os na lista do que ficou de fora e importe-a.',
  'admin.import.reason.body-long': 'Tem mais de 64 KiB. Encurte-o na lista do que ficou de fora e importe-a.',
  'admin.import.reason.empty': 'Não há nada para ler nele, só espaços ou o que aqui não se mostra. Não há nada a fazer.',
  'admin.import.reason.unclean-html':
    'Seu HTML contém o que aqui não é permitido: o arquivo foi alterado. Exporte outra vez do Balas que o escreveu.',
  'admin.import.reason.too-early': 'Sua data é anterior a 1970. Corrija-a na lista do que ficou de fora e importe-a.',
  'admin.import.reason.removed-leaf': 'Foi removido lá, e nada lhe responde. Não há nada a fazer.',
  'admin.import.reason.refused': 'O banco de dados não o aceitou. Importe o arquivo de novo; se continuar de fora, veja-o na lista.',
  'admin.import.reason.parent-missing': 'Aquilo a que responde não está no arquivo ou ficou de fora. Traga-o e importe o arquivo de novo.',
  'admin.import.reason.parent-elsewhere': 'Aquilo a que responde está em outro artigo. Agora está sozinho.',
  'admin.import.reason.parent-deleted': 'Aquilo a que responde foi apagado aqui. Agora está sozinho.',
  'admin.import.reason.parent-loop': 'Responde a si mesmo por meio de suas próprias respostas. Agora está sozinho.',
  'admin.import.reason.parent-self': 'Diz que responde a si mesmo. Agora está sozinho.',
  'admin.import.reason.no-date': 'Não tem data legível e recebeu a de seu artigo ou a da importação. Veja as datas do arquivo.',
  'admin.import.reason.odd-date':
    'Sua data não pode estar certa, antes de 1970 ou no futuro, e ele recebeu a de seu artigo ou a da importação. Veja as datas do arquivo.',
  'admin.import.reason.bad-email': 'Seu endereço de e-mail não é válido e foi deixado de fora. O comentário está aqui.',
  'admin.import.reason.bad-website': 'Seu site não é um endereço http ou https e foi deixado de fora. O comentário está aqui.',
  'admin.import.reason.long-name': 'Seu nome era longo demais e foi cortado. O comentário está aqui.',
  'admin.import.reason.undone': 'A importação terminou antes. Importe o arquivo de novo: o que entrou fica, e o resto entra.',
  'admin.import.reason.post-private':
    'Seu artigo é privado lá, por isso entrou como rejeitado. Aprove-o aqui se os leitores puderem vê-lo.',
  'admin.import.reason.post-draft':
    'Seu artigo é um rascunho lá, por isso entrou como rejeitado. Aprove-o aqui se os leitores puderem vê-lo.',
  'admin.import.reason.post-pending':
    'Seu artigo espera revisão lá, por isso entrou como rejeitado. Aprove-o aqui se os leitores puderem vê-lo.',
  'admin.import.reason.post-future':
    'Seu artigo deve sair mais tarde lá, por isso entrou como rejeitado. Aprove-o aqui quando o artigo sair.',
  'admin.import.reason.post-trash':
    'Seu artigo está na lixeira lá, por isso entrou como rejeitado. Aprove-o aqui se os leitores puderem vê-lo.',
  'admin.import.reason.post-password':
    'Seu artigo tem senha lá, por isso entrou como rejeitado. Aprove-o aqui se os leitores puderem vê-lo.',
  'admin.import.reason.post-other':
    'Não se sabe se seu artigo é público lá, por isso entrou como rejeitado. Aprove-o aqui se os leitores puderem vê-lo.',
  'admin.import.reason.clash-articles':
    'Seu número está também em outro artigo do arquivo. Cada um é um comentário próprio; não há nada a fazer.',
  'admin.import.reason.clash-here':
    'Outro comentário daqui tem seu número, ao que parece de outro blog. Cada um é um comentário próprio; veja se aparece duas vezes.',
  'admin.import.reason.wordpress-no-spam':
    'O WordPress deixa o spam fora de suas exportações. Se houver talvez bons comentários na pasta de spam, marque-os lá como não spam, exporte de novo e importe também esse arquivo.',
  'admin.import.reason.other': 'Por outras razões; a lista do que ficou de fora tem todas.',
}
