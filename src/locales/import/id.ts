import type { ImportMessages } from '../index.ts'

export const importId: ImportMessages = {
  'admin.import.reason.no-id': 'Tidak ada id untuk mengenalinya lagi. Beri id di daftar yang dilewati, lalu impor daftar itu.',
  'admin.import.reason.no-article': 'Artikelnya tidak disebut. Tulis alamat artikelnya di daftar yang dilewati, lalu impor daftar itu.',
  'admin.import.reason.no-address': 'Artikelnya tidak punya alamat. Tulis alamatnya di daftar yang dilewati, lalu impor daftar itu.',
  'admin.import.reason.not-web': 'Alamat artikelnya bukan http atau https. Perbaiki di daftar yang dilewati, lalu impor daftar itu.',
  'admin.import.reason.needs-base':
    'Alamat artikelnya tidak menyebut situsnya. Impor lagi berkas ini dengan alamat situs sebagai dasarnya.',
  'admin.import.reason.article-missing':
    'Artikelnya tidak ada di berkas ini. Ekspor semuanya, termasuk artikel; atau tulis alamatnya di daftar yang dilewati.',
  'admin.import.reason.article-deleted': 'Diskusinya sudah dihapus di sana. Kalau tetap diinginkan, impor dari daftar yang dilewati.',
  'admin.import.reason.article-no-id':
    'Diskusi tanpa id: tidak ada komentar yang bisa dikaitkan dengannya. Tidak ada yang perlu dilakukan.',
  'admin.import.reason.outside': 'Letaknya di luar artikel mana pun, jadi artikelnya tidak diketahui. Buat ekspor baru.',
  'admin.import.reason.pingback': 'Pingback: kabar bahwa halaman lain menautkan ke sini, bukan komentar. Tidak ada yang perlu dilakukan.',
  'admin.import.reason.trackback': 'Trackback: kabar bahwa halaman lain menautkan ke sini, bukan komentar. Tidak ada yang perlu dilakukan.',
  'admin.import.reason.plugin-note':
    'Catatan berjenis “{{what}}” yang disimpan plugin sebagai komentar, bukan untuk pembaca. Tidak ada yang perlu dilakukan.',
  'admin.import.reason.too-long':
    'Catatannya lebih dari 1 MB, padahal komentar tidak sepanjang itu. Periksa di berkasnya, dan pendekkan kalau memang komentar.',
  'admin.import.reason.too-deep': 'Catatannya bersarang lebih dalam daripada yang ditulis sistem mana pun. Buat ekspor baru.',
  'admin.import.reason.too-many-cells':
    'Barisnya punya sel lebih banyak daripada baris pertama: teks yang memuat pemisah atau baris baru harus diapit tanda kutip. Simpan lagi CSV-nya dengan semua sel dikutip.',
  'admin.import.reason.bad-json': 'JSON-nya rusak ({{what}}). Perbaiki, atau buat ekspor baru.',
  'admin.import.reason.bad-xml': 'Tag XML-nya tidak berpasangan. Perbaiki, atau buat ekspor baru.',
  'admin.import.reason.bad-field': 'Ada isian yang tidak seperti pada ekspor kami ({{what}}). Perbaiki di daftar yang dilewati.',
  'admin.import.reason.foreign-host':
    'Artikelnya berada di host yang bukan milik situs ini. Tambahkan host itu ke alamat situs; atau, kalau situsnya pindah, impor lewat baris perintah dengan --from dan --base.',
  'admin.import.reason.twice':
    'Id-nya muncul dua kali di berkas, dan yang pertama sudah masuk. Kalau isinya berbeda, beri yang ini id lain.',
  'admin.import.reason.bad-text': 'Teksnya memuat karakter rusak. Perbaiki di daftar yang dilewati, lalu impor daftar itu.',
  'admin.import.reason.body-long': 'Panjangnya lebih dari 64 KiB. Pendekkan di daftar yang dilewati, lalu impor daftar itu.',
  'admin.import.reason.empty':
    'Tidak ada yang bisa dibaca, hanya spasi atau hal yang tidak ditampilkan di sini. Tidak ada yang perlu dilakukan.',
  'admin.import.reason.unclean-html':
    'HTML-nya memuat hal yang tidak diizinkan di sini: berkasnya pernah diubah. Ekspor lagi dari Balas yang membuatnya.',
  'admin.import.reason.too-early': 'Waktunya sebelum tahun 1970. Perbaiki di daftar yang dilewati, lalu impor daftar itu.',
  'admin.import.reason.removed-leaf': 'Sudah dihapus di sana, dan tidak ada yang membalasnya. Tidak ada yang perlu dilakukan.',
  'admin.import.reason.refused': 'Basis data tidak menerimanya. Impor lagi berkasnya; kalau tetap tidak masuk, periksa di daftar.',
  'admin.import.reason.parent-missing':
    'Komentar yang dibalasnya tidak ada di berkas, atau dilewati. Masukkan dulu komentar itu, lalu impor lagi berkasnya.',
  'admin.import.reason.parent-elsewhere': 'Komentar yang dibalasnya ada di artikel lain. Sekarang komentar ini berdiri sendiri.',
  'admin.import.reason.parent-deleted': 'Komentar yang dibalasnya sudah dihapus di sini. Sekarang komentar ini berdiri sendiri.',
  'admin.import.reason.parent-loop': 'Komentar ini membalas dirinya sendiri lewat balasannya. Sekarang komentar ini berdiri sendiri.',
  'admin.import.reason.parent-self': 'Tertulis bahwa komentar ini membalas dirinya sendiri. Sekarang komentar ini berdiri sendiri.',
  'admin.import.reason.no-date':
    'Tidak ada tanggal yang bisa dibaca, jadi dipakai tanggal artikelnya atau tanggal impor. Periksa tanggal di berkasnya.',
  'admin.import.reason.odd-date':
    'Tanggalnya tidak mungkin benar, sebelum 1970 atau di masa depan, jadi dipakai tanggal artikelnya atau tanggal impor. Periksa tanggal di berkasnya.',
  'admin.import.reason.bad-email': 'Alamat emailnya tidak sah, jadi tidak disertakan. Komentarnya sudah masuk.',
  'admin.import.reason.bad-website': 'Situs webnya bukan alamat web yang sah, jadi tidak disertakan. Komentarnya sudah masuk.',
  'admin.import.reason.long-name': 'Namanya terlalu panjang dan dipotong. Komentarnya sudah masuk.',
  'admin.import.reason.undone':
    'Impornya berakhir sebelum sampai di sini. Impor lagi berkasnya: yang sudah masuk tetap ada, sisanya menyusul.',
  'admin.import.reason.post-private':
    'Artikelnya privat di sana, jadi komentarnya masuk dengan status ditolak. Setujui di sini kalau boleh dilihat pembaca.',
  'admin.import.reason.post-draft':
    'Artikelnya masih draf di sana, jadi komentarnya masuk dengan status ditolak. Setujui di sini kalau boleh dilihat pembaca.',
  'admin.import.reason.post-pending':
    'Artikelnya menunggu ditinjau di sana, jadi komentarnya masuk dengan status ditolak. Setujui di sini kalau boleh dilihat pembaca.',
  'admin.import.reason.post-future':
    'Artikelnya dijadwalkan terbit nanti di sana, jadi komentarnya masuk dengan status ditolak. Setujui di sini setelah artikelnya terbit.',
  'admin.import.reason.post-trash':
    'Artikelnya ada di tempat sampah di sana, jadi komentarnya masuk dengan status ditolak. Setujui di sini kalau boleh dilihat pembaca.',
  'admin.import.reason.post-password':
    'Artikelnya dilindungi kata sandi di sana, jadi komentarnya masuk dengan status ditolak. Setujui di sini kalau boleh dilihat pembaca.',
  'admin.import.reason.post-other':
    'Status artikelnya di sana tidak diketahui terbuka untuk umum, jadi komentarnya masuk dengan status ditolak. Setujui di sini kalau boleh dilihat pembaca.',
  'admin.import.reason.clash-articles':
    'Nomornya juga ada di artikel lain dalam berkas. Masing-masing komentar tersendiri; tidak ada yang perlu dilakukan.',
  'admin.import.reason.clash-here':
    'Komentar lain di sini punya nomor yang sama, tampaknya dari blog lain. Masing-masing komentar tersendiri; periksa apakah komentarnya muncul dua kali.',
  'admin.import.reason.wordpress-no-spam':
    'WordPress tidak menyertakan spam dalam ekspornya. Kalau mungkin ada komentar baik di folder spam, tandai sebagai bukan spam di sana, ekspor lagi, lalu impor juga berkas itu.',
  'admin.import.reason.other': 'Karena sebab lain; semuanya ada di daftar yang dilewati.',
}
