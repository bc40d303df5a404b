import type { ImportMessages } from '../index.ts'

export const importNl: ImportMessages = {
  'admin.import.reason.no-id':
    'Er is geen id waaraan hij te herkennen is. Geef hem er een in de lijst van overgeslagen reacties en importeer die.',
  'admin.import.reason.no-article':
    'Hij noemt geen artikel. Zet het adres van het artikel in de lijst van overgeslagen reacties en importeer die.',
  'admin.import.reason.no-address': 'Zijn artikel heeft geen adres. Zet het in de lijst van overgeslagen reacties en importeer die.',
  'admin.import.reason.not-web':
    'Het adres van zijn artikel is geen http- of https-adres. Verbeter het in de lijst van overgeslagen reacties en importeer die.',
  'admin.import.reason.needs-base':
    'Het adres van zijn artikel noemt de site niet. Importeer het bestand opnieuw met het adres van de site als basis.',
  'admin.import.reason.article-missing':
    'Zijn artikel staat niet in het bestand. Exporteer alles, ook artikelen; of zet het adres in de lijst van overgeslagen reacties.',
  'admin.import.reason.article-deleted':
    'Zijn discussie is daar verwijderd. Wilt u hem toch, importeer hem dan uit de lijst van overgeslagen reacties.',
  'admin.import.reason.article-no-id': 'Een discussie zonder id: niets kan erbij horen. Er hoeft niets te gebeuren.',
  'admin.import.reason.outside': 'Hij staat buiten elk artikel, dus zijn artikel is onbekend. Maak de export opnieuw.',
  'admin.import.reason.pingback':
    'Een pingback: een melding dat een andere pagina hierheen verwijst, geen reactie. Er hoeft niets te gebeuren.',
  'admin.import.reason.trackback':
    'Een trackback: een melding dat een andere pagina hierheen verwijst, geen reactie. Er hoeft niets te gebeuren.',
  'admin.import.reason.plugin-note':
    'Een notitie van het soort “{{what}}” die een plug-in als reactie bewaart, niet voor lezers. Er hoeft niets te gebeuren.',
  'admin.import.reason.too-long':
    'Het record is langer dan 1 MB, en zo lang is geen reactie. Bekijk het in het bestand en kort het in als het er wel een is.',
  'admin.import.reason.too-deep': 'Het record is dieper genest dan enig systeem schrijft. Maak de export opnieuw.',
  'admin.import.reason.too-many-cells':
    'De rij heeft meer cellen dan de eerste: tekst met een scheidingsteken of regeleinde moet tussen aanhalingstekens. Sla de CSV opnieuw op met alle cellen tussen aanhalingstekens.',
  'admin.import.reason.bad-json': 'Het is geen geldige JSON ({{what}}). Verbeter het of maak de export opnieuw.',
  'admin.import.reason.bad-xml': 'De XML-tags passen niet bij elkaar. Verbeter ze of maak de export opnieuw.',
  'admin.import.reason.bad-field':
    'Een veld is niet zoals onze exports het schrijven ({{what}}). Verbeter het in de lijst van overgeslagen reacties.',
  'admin.import.reason.foreign-host':
    'Zijn artikel staat op een host die niet van de site is. Voeg de host toe aan de adressen van de site; of importeer, als de site verhuisd is, op de opdrachtregel met --from en --base.',
  'admin.import.reason.twice':
    'Zijn id staat twee keer in het bestand, en de eerste is binnengekomen. Verschillen ze, geef deze dan een ander id.',
  'admin.import.reason.bad-text': 'Zijn tekst bevat kapotte tekens. Verbeter ze in de lijst van overgeslagen reacties en importeer die.',
  'admin.import.reason.body-long': 'Hij is langer dan 64 KiB. Kort hem in de lijst van overgeslagen reacties in en importeer die.',
  'admin.import.reason.empty': 'Er valt niets in te lezen, alleen spaties of wat hier niet getoond wordt. Er hoeft niets te gebeuren.',
  'admin.import.reason.unclean-html':
    'De HTML bevat wat hier niet mag: het bestand is veranderd. Exporteer opnieuw uit de Balas die het schreef.',
  'admin.import.reason.too-early': 'Zijn tijd ligt voor 1970. Verbeter die in de lijst van overgeslagen reacties en importeer die.',
  'admin.import.reason.removed-leaf': 'Hij is daar verwijderd en niets antwoordt erop. Er hoeft niets te gebeuren.',
  'admin.import.reason.refused':
    'De database nam hem niet aan. Importeer het bestand opnieuw; blijft hij buiten, bekijk hem dan in de lijst.',
  'admin.import.reason.parent-missing':
    'Waar hij op antwoordt staat niet in het bestand of is overgeslagen. Breng dat binnen en importeer het bestand opnieuw.',
  'admin.import.reason.parent-elsewhere': 'Waar hij op antwoordt staat onder een ander artikel. Hij staat nu op zichzelf.',
  'admin.import.reason.parent-deleted': 'Waar hij op antwoordt is hier verwijderd. Hij staat nu op zichzelf.',
  'admin.import.reason.parent-loop': 'Hij antwoordt via zijn eigen antwoorden op zichzelf. Hij staat nu op zichzelf.',
  'admin.import.reason.parent-self': 'Hij zegt op zichzelf te antwoorden. Hij staat nu op zichzelf.',
  'admin.import.reason.no-date':
    'Hij heeft geen leesbare datum en kreeg die van zijn artikel of van de import. Bekijk de datums in het bestand.',
  'admin.import.reason.odd-date':
    'Zijn datum kan niet kloppen, voor 1970 of in de toekomst, en hij kreeg die van zijn artikel of van de import. Bekijk de datums in het bestand.',
  'admin.import.reason.bad-email': 'Zijn e-mailadres is er geen en is weggelaten. De reactie staat hier.',
  'admin.import.reason.bad-website': 'Zijn website is geen http- of https-adres en is weggelaten. De reactie staat hier.',
  'admin.import.reason.long-name': 'Zijn naam was te lang en is ingekort. De reactie staat hier.',
  'admin.import.reason.undone': 'De import eindigde ervoor. Importeer het bestand opnieuw: wat er is blijft, en de rest komt binnen.',
  'admin.import.reason.post-private':
    'Zijn artikel is daar privé, dus kwam hij als afgewezen binnen. Keur hem hier goed als lezers hem mogen zien.',
  'admin.import.reason.post-draft':
    'Zijn artikel is daar een concept, dus kwam hij als afgewezen binnen. Keur hem hier goed als lezers hem mogen zien.',
  'admin.import.reason.post-pending':
    'Zijn artikel wacht daar op beoordeling, dus kwam hij als afgewezen binnen. Keur hem hier goed als lezers hem mogen zien.',
  'admin.import.reason.post-future':
    'Zijn artikel verschijnt daar later, dus kwam hij als afgewezen binnen. Keur hem hier goed zodra het artikel er is.',
  'admin.import.reason.post-trash':
    'Zijn artikel ligt daar in de prullenbak, dus kwam hij als afgewezen binnen. Keur hem hier goed als lezers hem mogen zien.',
  'admin.import.reason.post-password':
    'Zijn artikel heeft daar een wachtwoord, dus kwam hij als afgewezen binnen. Keur hem hier goed als lezers hem mogen zien.',
  'admin.import.reason.post-other':
    'Of zijn artikel daar openbaar is, is onbekend, dus kwam hij als afgewezen binnen. Keur hem hier goed als lezers hem mogen zien.',
  'admin.import.reason.clash-articles':
    'Zijn nummer staat in het bestand ook onder een ander artikel. Elk is een eigen reactie; er hoeft niets te gebeuren.',
  'admin.import.reason.clash-here':
    'Een andere reactie hier heeft zijn nummer, van een ander blog naar het lijkt. Elk is een eigen reactie; kijk of hij er twee keer staat.',
  'admin.import.reason.wordpress-no-spam':
    'WordPress laat spam weg uit zijn exports. Staan er misschien goede reacties in de spammap, markeer ze daar als geen spam, exporteer opnieuw en importeer ook dat bestand.',
  'admin.import.reason.other': 'Om andere redenen; de lijst van overgeslagen reacties heeft ze allemaal.',
}
