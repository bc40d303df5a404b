import type { ImportMessages } from '../index.ts'

export const importMs: ImportMessages = {
  'admin.import.reason.no-id': 'Tiada id untuk mengenalinya semula. Beri id dalam senarai yang ditinggalkan, kemudian import senarai itu.',
  'admin.import.reason.no-article':
    'Artikelnya tidak dinamakan. Tulis alamat artikel dalam senarai yang ditinggalkan, kemudian import senarai itu.',
  'admin.import.reason.no-address':
    'Artikelnya tiada alamat. Tulis alamatnya dalam senarai yang ditinggalkan, kemudian import senarai itu.',
  'admin.import.reason.not-web':
    'Alamat artikelnya bukan http atau https. Betulkan dalam senarai yang ditinggalkan, kemudian import senarai itu.',
  'admin.import.reason.needs-base': 'Alamat artikelnya tidak menyebut lamannya. Import semula fail ini dengan alamat laman sebagai asas.',
  'admin.import.reason.article-missing':
    'Artikelnya tiada dalam fail. Eksport semuanya, termasuk artikel; atau tulis alamatnya dalam senarai yang ditinggalkan.',
  'admin.import.reason.article-deleted':
    'Perbincangannya telah dipadam di sana. Jika masih diperlukan, import dari senarai yang ditinggalkan.',
  'admin.import.reason.article-no-id': 'Perbincangan tanpa id: tiada apa yang boleh menjadi miliknya. Tiada apa yang perlu dibuat.',
  'admin.import.reason.outside': 'Kedudukannya di luar mana-mana artikel, jadi artikelnya tidak diketahui. Buat eksport baharu.',
  'admin.import.reason.pingback':
    'Pingback: pemberitahuan bahawa halaman lain memautkan ke sini, bukan komen. Tiada apa yang perlu dibuat.',
  'admin.import.reason.trackback':
    'Trackback: pemberitahuan bahawa halaman lain memautkan ke sini, bukan komen. Tiada apa yang perlu dibuat.',
  'admin.import.reason.plugin-note':
    'Nota jenis “{{what}}” yang disimpan pemalam sebagai komen, bukan untuk pembaca. Tiada apa yang perlu dibuat.',
  'admin.import.reason.too-long':
    'Rekodnya lebih daripada 1 MB, sedangkan komen tidak sepanjang itu. Lihat dalam fail, dan pendekkan jika memang komen.',
  'admin.import.reason.too-deep': 'Rekodnya bersarang lebih dalam daripada yang ditulis mana-mana sistem. Buat eksport baharu.',
  'admin.import.reason.too-many-cells':
    'Barisnya mempunyai sel lebih banyak daripada baris pertama: teks dengan pemisah atau baris baharu perlu tanda petikan. Simpan semula CSV dengan semua sel dalam petikan.',
  'admin.import.reason.bad-json': 'JSON ini rosak ({{what}}). Betulkan, atau buat eksport baharu.',
  'admin.import.reason.bad-xml': 'Tag XML tidak berpadanan. Betulkan, atau buat eksport baharu.',
  'admin.import.reason.bad-field': 'Satu medan tidak seperti dalam eksport kami ({{what}}). Betulkan dalam senarai yang ditinggalkan.',
  'admin.import.reason.foreign-host':
    'Artikelnya berada pada hos yang bukan milik laman ini. Tambah hos itu pada alamat laman; atau, jika laman berpindah, import melalui baris perintah dengan --from dan --base.',
  'admin.import.reason.twice':
    'Id ini muncul dua kali dalam fail, dan yang pertama sudah masuk. Jika isinya berbeza, beri yang ini id lain.',
  'admin.import.reason.bad-text':
    'Teksnya mengandungi aksara rosak. Betulkan dalam senarai yang ditinggalkan, kemudian import senarai itu.',
  'admin.import.reason.body-long':
    'Panjangnya lebih daripada 64 KiB. Pendekkan dalam senarai yang ditinggalkan, kemudian import senarai itu.',
  'admin.import.reason.empty':
    'Tiada apa yang boleh dibaca, hanya ruang kosong atau yang tidak dipaparkan di sini. Tiada apa yang perlu dibuat.',
  'admin.import.reason.unclean-html':
    'HTML mengandungi perkara yang tidak dibenarkan di sini: fail telah diubah. Eksport semula dari Balas yang menulisnya.',
  'admin.import.reason.too-early': 'Masanya sebelum 1970. Betulkan dalam senarai yang ditinggalkan, kemudian import senarai itu.',
  'admin.import.reason.removed-leaf': 'Telah dibuang di sana, dan tiada yang membalasnya. Tiada apa yang perlu dibuat.',
  'admin.import.reason.refused': 'Pangkalan data tidak menerimanya. Import semula fail; jika masih tertinggal, lihat dalam senarai.',
  'admin.import.reason.parent-missing':
    'Komen yang dibalasnya tiada dalam fail, atau ditinggalkan. Bawa masuk dahulu, kemudian import semula fail.',
  'admin.import.reason.parent-elsewhere': 'Komen yang dibalasnya berada di bawah artikel lain. Kini ia berdiri sendiri.',
  'admin.import.reason.parent-deleted': 'Komen yang dibalasnya telah dipadam di sini. Kini ia berdiri sendiri.',
  'admin.import.reason.parent-loop': 'Ia membalas dirinya sendiri melalui balasannya. Kini ia berdiri sendiri.',
  'admin.import.reason.parent-self': 'Tertulis bahawa ia membalas dirinya sendiri. Kini ia berdiri sendiri.',
  'admin.import.reason.no-date':
    'Tiada tarikh yang boleh dibaca, maka diberi tarikh artikelnya atau tarikh import. Lihat tarikh dalam fail.',
  'admin.import.reason.odd-date':
    'Tarikhnya tidak mungkin betul, sebelum 1970 atau pada masa depan, maka diberi tarikh artikelnya atau tarikh import. Lihat tarikh dalam fail.',
  'admin.import.reason.bad-email': 'Alamat e-melnya tidak sah, dan ditinggalkan. Komennya sudah masuk.',
  'admin.import.reason.bad-website': 'Laman webnya bukan alamat http atau https, dan ditinggalkan. Komennya sudah masuk.',
  'admin.import.reason.long-name': 'Namanya terlalu panjang, dan dipotong. Komennya sudah masuk.',
  'admin.import.reason.undone': 'Import tamat sebelum sampai di sini. Import semula fail: yang sudah masuk kekal, selebihnya menyusul.',
  'admin.import.reason.post-private':
    'Artikelnya peribadi di sana, maka ia masuk sebagai ditolak. Luluskan di sini jika pembaca boleh melihatnya.',
  'admin.import.reason.post-draft':
    'Artikelnya masih draf di sana, maka ia masuk sebagai ditolak. Luluskan di sini jika pembaca boleh melihatnya.',
  'admin.import.reason.post-pending':
    'Artikelnya menunggu semakan di sana, maka ia masuk sebagai ditolak. Luluskan di sini jika pembaca boleh melihatnya.',
  'admin.import.reason.post-future':
    'Artikelnya akan terbit kemudian di sana, maka ia masuk sebagai ditolak. Luluskan di sini selepas artikel terbit.',
  'admin.import.reason.post-trash':
    'Artikelnya dalam tong sampah di sana, maka ia masuk sebagai ditolak. Luluskan di sini jika pembaca boleh melihatnya.',
  'admin.import.reason.post-password':
    'Artikelnya ada kata laluan di sana, maka ia masuk sebagai ditolak. Luluskan di sini jika pembaca boleh melihatnya.',
  'admin.import.reason.post-other':
    'Status artikelnya di sana tidak diketahui umum, maka ia masuk sebagai ditolak. Luluskan di sini jika pembaca boleh melihatnya.',
  'admin.import.reason.clash-articles':
    'Nombornya ada juga di bawah artikel lain dalam fail. Setiap satu komen tersendiri; tiada apa yang perlu dibuat.',
  'admin.import.reason.clash-here':
    'Komen lain di sini mempunyai nombornya, nampaknya daripada blog lain. Setiap satu komen tersendiri; lihat jika ia muncul dua kali.',
  'admin.import.reason.wordpress-no-spam':
    'WordPress tidak memasukkan spam dalam eksportnya. Jika mungkin ada komen baik dalam folder spam, tandakan sebagai bukan spam di sana, eksport semula dan import fail itu juga.',
  'admin.import.reason.other': 'Atas sebab lain; semuanya ada dalam senarai yang ditinggalkan.',
}
