import type { ImportMessages } from '../index.ts'

export const importJa: ImportMessages = {
  'admin.import.reason.no-id':
    '再び見分けるための id がありません。取り込まれなかったものの一覧で id を付け、その一覧をインポートしてください。',
  'admin.import.reason.no-article':
    '記事が示されていません。取り込まれなかったものの一覧に記事のアドレスを書き、その一覧をインポートしてください。',
  'admin.import.reason.no-address': '記事にアドレスがありません。取り込まれなかったものの一覧に書き、その一覧をインポートしてください。',
  'admin.import.reason.not-web':
    '記事のアドレスが http でも https でもありません。取り込まれなかったものの一覧で直し、その一覧をインポートしてください。',
  'admin.import.reason.needs-base':
    '記事のアドレスからサイトがわかりません。サイトのアドレスを基準に指定して、もう一度インポートしてください。',
  'admin.import.reason.article-missing':
    '記事がファイルにありません。記事も含めてすべてエクスポートするか、取り込まれなかったものの一覧にアドレスを書いてください。',
  'admin.import.reason.article-deleted':
    'そのスレッドは元のサイトで削除されています。それでも必要なら、取り込まれなかったものの一覧からインポートしてください。',
  'admin.import.reason.article-no-id': 'id のないスレッドです。何も属すことができません。対処は不要です。',
  'admin.import.reason.outside': 'どの投稿にも入っていないため、記事がわかりません。エクスポートをやり直してください。',
  'admin.import.reason.pingback': 'ピンバックです。他のページからリンクされたという通知で、コメントではありません。対処は不要です。',
  'admin.import.reason.trackback': 'トラックバックです。他のページからリンクされたという通知で、コメントではありません。対処は不要です。',
  'admin.import.reason.plugin-note':
    'プラグインがコメントとして保存した「{{what}}」という種類のメモで、読者向けではありません。対処は不要です。',
  'admin.import.reason.too-long': '1 MB を超えており、コメントの長さではありません。ファイルで確認し、コメントであれば短くしてください。',
  'admin.import.reason.too-deep': 'どのシステムの書き方よりも深く入れ子になっています。エクスポートをやり直してください。',
  'admin.import.reason.too-many-cells':
    '1 行目よりセルが多くあります。区切り文字や改行を含む文は引用符で囲む必要があります。すべてのセルを引用符で囲んで CSV を保存し直してください。',
  'admin.import.reason.bad-json': 'JSON として正しくありません({{what}})。直すか、エクスポートをやり直してください。',
  'admin.import.reason.bad-xml': 'XML のタグが対応していません。直すか、エクスポートをやり直してください。',
  'admin.import.reason.bad-field':
    '項目が Balas のエクスポートの書き方と違います({{what}})。取り込まれなかったものの一覧で直してください。',
  'admin.import.reason.foreign-host':
    '記事がサイトのものではないホストにあります。サイトのアドレスに加えるか、サイトが移転したのならコマンドラインで --from と --base を付けてインポートしてください。',
  'admin.import.reason.twice':
    '同じ id がファイルに二度あり、最初のものが取り込まれました。内容が違うなら、こちらに別の id を付けてください。',
  'admin.import.reason.bad-text': '文に壊れた文字があります。取り込まれなかったものの一覧で直し、その一覧をインポートしてください。',
  'admin.import.reason.body-long': '64 KiB を超えています。取り込まれなかったものの一覧で短くし、その一覧をインポートしてください。',
  'admin.import.reason.empty': '読めるものがありません。空白か、ここでは表示されないものだけです。対処は不要です。',
  'admin.import.reason.unclean-html':
    'HTML にここでは許されないものがあり、ファイルは書き換えられています。書き出した Balas からもう一度エクスポートしてください。',
  'admin.import.reason.too-early': '日時が 1970 年より前です。取り込まれなかったものの一覧で直し、その一覧をインポートしてください。',
  'admin.import.reason.removed-leaf': '元のサイトで削除され、返信もありません。対処は不要です。',
  'admin.import.reason.refused': 'データベースが受け付けませんでした。もう一度インポートし、それでも入らなければ一覧で確認してください。',
  'admin.import.reason.parent-missing':
    '返信先がファイルにないか、取り込まれませんでした。返信先を取り込んでから、もう一度インポートしてください。',
  'admin.import.reason.parent-elsewhere': '返信先は別の記事にあります。今は単独のコメントです。',
  'admin.import.reason.parent-deleted': '返信先はここで削除されています。今は単独のコメントです。',
  'admin.import.reason.parent-loop': '自分への返信をたどると自分に返信しています。今は単独のコメントです。',
  'admin.import.reason.parent-self': '自分自身への返信となっています。今は単独のコメントです。',
  'admin.import.reason.no-date': '読める日時がないため、記事またはインポートの日時にしました。ファイルの日時を確認してください。',
  'admin.import.reason.odd-date':
    '日時が 1970 年より前か未来で正しくないため、記事またはインポートの日時にしました。ファイルの日時を確認してください。',
  'admin.import.reason.bad-email': 'メールアドレスが正しくないため省きました。コメントは取り込まれています。',
  'admin.import.reason.bad-website': 'ウェブサイトが http でも https でもないため省きました。コメントは取り込まれています。',
  'admin.import.reason.long-name': '名前が長すぎるため切りました。コメントは取り込まれています。',
  'admin.import.reason.undone': 'その前にインポートが終わりました。もう一度インポートしてください。入ったものは残り、残りが入ります。',
  'admin.import.reason.post-private': '元の記事が非公開のため、却下として取り込みました。読者に見せてよければ、ここで承認してください。',
  'admin.import.reason.post-draft': '元の記事が下書きのため、却下として取り込みました。読者に見せてよければ、ここで承認してください。',
  'admin.import.reason.post-pending':
    '元の記事がレビュー待ちのため、却下として取り込みました。読者に見せてよければ、ここで承認してください。',
  'admin.import.reason.post-future': '元の記事が公開予約中のため、却下として取り込みました。記事が公開されたら、ここで承認してください。',
  'admin.import.reason.post-trash': '元の記事がゴミ箱にあるため、却下として取り込みました。読者に見せてよければ、ここで承認してください。',
  'admin.import.reason.post-password':
    '元の記事がパスワード付きのため、却下として取り込みました。読者に見せてよければ、ここで承認してください。',
  'admin.import.reason.post-other':
    '元の記事が公開されているか不明なため、却下として取り込みました。読者に見せてよければ、ここで承認してください。',
  'admin.import.reason.clash-articles': '同じ番号がファイルの別の記事にもあります。それぞれ別のコメントで、対処は不要です。',
  'admin.import.reason.clash-here':
    'ここの別のコメントが同じ番号です。別のブログのものと思われます。それぞれ別のコメントですが、二重になっていないか確認してください。',
  'admin.import.reason.wordpress-no-spam':
    'WordPress はスパムをエクスポートしません。スパムの中によいコメントがありそうなら、WordPress でスパムではないと印を付け、もう一度エクスポートしてそのファイルもインポートしてください。',
  'admin.import.reason.other': 'その他の理由です。すべては取り込まれなかったものの一覧にあります。',
}
