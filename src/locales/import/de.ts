import type { ImportMessages } from '../index.ts'

export const importDe: ImportMessages = {
  'admin.import.reason.no-id':
    'Er hat keine ID, an der er wiederzuerkennen wäre. Geben Sie ihm in der Liste der ausgelassenen eine, und importieren Sie diese.',
  'admin.import.reason.no-article':
    'Er nennt keinen Artikel. Tragen Sie die Adresse des Artikels in die Liste der ausgelassenen ein, und importieren Sie diese.',
  'admin.import.reason.no-address':
    'Sein Artikel hat keine Adresse. Tragen Sie sie in die Liste der ausgelassenen ein, und importieren Sie diese.',
  'admin.import.reason.not-web':
    'Die Adresse seines Artikels ist keine http- oder https-Adresse. Berichtigen Sie sie in der Liste der ausgelassenen, und importieren Sie diese.',
  'admin.import.reason.needs-base':
    'Die Adresse seines Artikels nennt die Website nicht. Importieren Sie die Datei noch einmal mit der Adresse der Website als Grundlage.',
  'admin.import.reason.article-missing':
    'Sein Artikel ist nicht in der Datei. Exportieren Sie alles, auch Artikel; oder tragen Sie die Adresse in die Liste der ausgelassenen ein.',
  'admin.import.reason.article-deleted':
    'Seine Diskussion wurde dort gelöscht. Um ihn trotzdem zu behalten, importieren Sie ihn aus der Liste der ausgelassenen.',
  'admin.import.reason.article-no-id': 'Eine Diskussion ohne ID: Nichts kann zu ihr gehören. Es ist nichts zu tun.',
  'admin.import.reason.outside': 'Er steht außerhalb aller Beiträge, sein Artikel ist also unbekannt. Exportieren Sie neu.',
  'admin.import.reason.pingback':
    'Ein Pingback: die Meldung, dass eine andere Seite hierher verweist, kein Kommentar. Es ist nichts zu tun.',
  'admin.import.reason.trackback':
    'Ein Trackback: die Meldung, dass eine andere Seite hierher verweist, kein Kommentar. Es ist nichts zu tun.',
  'admin.import.reason.plugin-note':
    'Eine Notiz der Art „{{what}}“, die ein Plugin als Kommentar aufbewahrt, nicht für Leser. Es ist nichts zu tun.',
  'admin.import.reason.too-long':
    'Der Eintrag ist länger als 1 MB, was kein Kommentar ist. Sehen Sie ihn in der Datei an, und kürzen Sie ihn, wenn er doch einer ist.',
  'admin.import.reason.too-deep': 'Der Eintrag ist tiefer verschachtelt, als irgendein System schreibt. Exportieren Sie neu.',
  'admin.import.reason.too-many-cells':
    'Die Zeile hat mehr Zellen als die erste: Text mit Trennzeichen oder Zeilenumbruch braucht Anführungszeichen. Speichern Sie die CSV-Datei mit allen Zellen in Anführungszeichen.',
  'admin.import.reason.bad-json': 'Es ist kein gültiges JSON ({{what}}). Berichtigen Sie es, oder exportieren Sie neu.',
  'admin.import.reason.bad-xml': 'Seine XML-Tags passen nicht zusammen. Berichtigen Sie sie, oder exportieren Sie neu.',
  'admin.import.reason.bad-field':
    'Ein Feld ist nicht so, wie unsere Exporte es schreiben ({{what}}). Berichtigen Sie es in der Liste der ausgelassenen.',
  'admin.import.reason.foreign-host':
    'Sein Artikel liegt auf einem Host, der nicht zur Website gehört. Fügen Sie ihn den Adressen der Website hinzu; ist sie umgezogen, importieren Sie auf der Befehlszeile mit --from und --base.',
  'admin.import.reason.twice':
    'Seine ID steht zweimal in der Datei, und der erste kam herein. Unterscheiden sie sich, geben Sie diesem eine andere ID.',
  'admin.import.reason.bad-text':
    'Sein Text enthält kaputte Zeichen. Berichtigen Sie sie in der Liste der ausgelassenen, und importieren Sie diese.',
  'admin.import.reason.body-long': 'Er ist länger als 64 KiB. Kürzen Sie ihn in der Liste der ausgelassenen, und importieren Sie diese.',
  'admin.import.reason.empty': 'Es gibt darin nichts zu lesen, nur Leerzeichen oder was hier nicht gezeigt wird. Es ist nichts zu tun.',
  'admin.import.reason.unclean-html':
    'Sein HTML enthält, was hier nicht erlaubt ist: Die Datei wurde verändert. Exportieren Sie noch einmal aus dem Balas, das sie schrieb.',
  'admin.import.reason.too-early':
    'Seine Zeit liegt vor 1970. Berichtigen Sie sie in der Liste der ausgelassenen, und importieren Sie diese.',
  'admin.import.reason.removed-leaf': 'Er wurde dort entfernt, und nichts antwortet darauf. Es ist nichts zu tun.',
  'admin.import.reason.refused':
    'Die Datenbank hat ihn nicht angenommen. Importieren Sie die Datei noch einmal; bleibt er draußen, sehen Sie ihn in der Liste an.',
  'admin.import.reason.parent-missing':
    'Worauf er antwortet, ist nicht in der Datei oder wurde ausgelassen. Holen Sie es herein, und importieren Sie die Datei noch einmal.',
  'admin.import.reason.parent-elsewhere': 'Worauf er antwortet, steht unter einem anderen Artikel. Er steht jetzt für sich.',
  'admin.import.reason.parent-deleted': 'Worauf er antwortet, wurde hier gelöscht. Er steht jetzt für sich.',
  'admin.import.reason.parent-loop': 'Er antwortet über seine eigenen Antworten auf sich selbst. Er steht jetzt für sich.',
  'admin.import.reason.parent-self': 'Er gibt an, auf sich selbst zu antworten. Er steht jetzt für sich.',
  'admin.import.reason.no-date':
    'Er hat kein lesbares Datum und bekam das seines Artikels oder des Imports. Sehen Sie die Daten der Datei an.',
  'admin.import.reason.odd-date':
    'Sein Datum kann nicht stimmen, vor 1970 oder in der Zukunft, und er bekam das seines Artikels oder des Imports. Sehen Sie die Daten der Datei an.',
  'admin.import.reason.bad-email': 'Seine E-Mail-Adresse ist keine und wurde weggelassen. Der Kommentar ist da.',
  'admin.import.reason.bad-website': 'Seine Website ist keine http- oder https-Adresse und wurde weggelassen. Der Kommentar ist da.',
  'admin.import.reason.long-name': 'Sein Name war zu lang und wurde gekürzt. Der Kommentar ist da.',
  'admin.import.reason.undone':
    'Der Import endete vorher. Importieren Sie die Datei noch einmal: Was da ist, bleibt, und der Rest kommt herein.',
  'admin.import.reason.post-private':
    'Sein Beitrag ist dort privat, also kam er als abgelehnt herein. Geben Sie ihn hier frei, wenn Leser ihn sehen dürfen.',
  'admin.import.reason.post-draft':
    'Sein Beitrag ist dort ein Entwurf, also kam er als abgelehnt herein. Geben Sie ihn hier frei, wenn Leser ihn sehen dürfen.',
  'admin.import.reason.post-pending':
    'Sein Beitrag wartet dort auf Durchsicht, also kam er als abgelehnt herein. Geben Sie ihn hier frei, wenn Leser ihn sehen dürfen.',
  'admin.import.reason.post-future':
    'Sein Beitrag soll dort erst erscheinen, also kam er als abgelehnt herein. Geben Sie ihn hier frei, sobald der Beitrag da ist.',
  'admin.import.reason.post-trash':
    'Sein Beitrag liegt dort im Papierkorb, also kam er als abgelehnt herein. Geben Sie ihn hier frei, wenn Leser ihn sehen dürfen.',
  'admin.import.reason.post-password':
    'Sein Beitrag hat dort ein Passwort, also kam er als abgelehnt herein. Geben Sie ihn hier frei, wenn Leser ihn sehen dürfen.',
  'admin.import.reason.post-other':
    'Ob sein Beitrag dort öffentlich ist, ist unbekannt, also kam er als abgelehnt herein. Geben Sie ihn hier frei, wenn Leser ihn sehen dürfen.',
  'admin.import.reason.clash-articles':
    'Seine Nummer steht in der Datei auch unter einem anderen Artikel. Jeder ist ein eigener Kommentar; es ist nichts zu tun.',
  'admin.import.reason.clash-here':
    'Ein anderer Kommentar hier hat seine Nummer, wohl aus einem anderen Blog. Jeder ist ein eigener Kommentar; sehen Sie nach, ob er hier zweimal steht.',
  'admin.import.reason.wordpress-no-spam':
    'WordPress lässt Spam aus seinen Exporten weg. Sind vielleicht gute Kommentare im Spam-Ordner, markieren Sie sie dort als kein Spam, exportieren Sie neu, und importieren Sie auch diese Datei.',
  'admin.import.reason.other': 'Aus anderen Gründen; die Liste der ausgelassenen enthält alle.',
}
