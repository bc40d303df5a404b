import { Timestamp } from '../../http/page-parts.tsx'
import type { Speech } from '../../locales/index.ts'

/** The name of the demo's newspaper; like the article, it is made up. */
export const DEMO_SITE = 'Warta Kaliandra'
export const DEMO_MOTTO = 'Kabar dari kampung ke kampung'
export const DEMO_TITLE = 'Gerbong Tua di Karangpelita Kini Menjadi Perpustakaan Desa'
export const DEMO_NOTE = 'Halaman contoh. Surat kabar, tempat, dan orang dalam cerita ini rekaan.'

/** The demo's article. It is content, not a text of the program, and so stands here in its one language. */
export function DemoArticle({ speech }: { speech: Speech }) {
  return (
    <article class="story">
      <p class="kicker">Ragam</p>
      <h1>{DEMO_TITLE}</h1>
      <p class="lead">
        Selama belasan tahun gerbong itu hanya menjadi tempat ayam bertelur. Sejak awal bulan ini, lampunya menyala sampai pukul sembilan
        malam.
      </p>
      <p class="meta">
        Oleh Laras Winasih · <Timestamp at="2025-11-22T01:30:00Z" speech={speech} />
      </p>
      <figure>
        <Wagon />
        <figcaption class="meta">Gerbong baca di bekas emplasemen Karangpelita. Ilustrasi: Warta Kaliandra</figcaption>
      </figure>
      <p>
        <strong>Karangpelita</strong> — Bau cat masih tercium ketika Ratmi, 62 tahun, menggeser pintu kayu gerbong itu untuk pertama kali
        pada Sabtu pagi. Di dalamnya, bangku penumpang telah berganti rak setinggi dada, dan di atas rak berjejer sekitar 1.400 buku
        sumbangan warga. “Dulu saya naik gerbong ini ke pasar membawa pisang,” katanya. “Sekarang saya naik untuk membaca resep.”
      </p>
      <p>
        Gagasan itu lahir dari obrolan di pos ronda. Jalur kereta ke desa sudah lama tidak dipakai, tetapi satu gerbong tertinggal di ujung
        emplasemen. Para pemuda karang taruna membersihkannya selama tiga bulan, setiap akhir pekan. Tukang las mengerjakan tangga, guru
        sekolah dasar memilah buku, dan ibu-ibu menjahit tirai dari kain perca.
      </p>
      <p>
        Listriknya datang dari dua panel surya di atap. Cukup untuk delapan lampu baca dan satu kipas angin, kata Jaka Umbaran, teknisi
        radio yang merancangnya. Kalau mendung dua hari berturut-turut, perpustakaan tutup lebih awal. “Anak-anak sudah hafal,” ujarnya.
        “Mereka melihat langit dulu sebelum berangkat.”
      </p>
      <p>
        Yang paling ramai justru jam setelah magrib. Belasan anak duduk melingkar di lantai untuk mendengarkan dongeng yang dibacakan
        bergiliran oleh warga, dari juru parkir sampai bidan. Tidak ada kartu anggota. Siapa pun boleh meminjam satu buku, asalkan menulis
        nama dan tanggal di buku tulis bergaris yang digantung dengan tali rafia dekat pintu.
      </p>
      <p>
        Bulan depan pengelola ingin menambah sudut untuk surat kabar dan papan catur. Mereka juga mencari roda cadangan, walaupun gerbong
        itu tidak akan ke mana-mana lagi. “Biar tetap pantas disebut kereta,” kata Ratmi sambil tertawa, lalu mencatat namanya di buku
        tulis.
      </p>
    </article>
  )
}

const SPINES = ['#96231b', '#e9c46a', '#2a6f77', '#f4efe5', '#c8663a']
const WINDOWS = [124, 254, 384, 514]

/** A railway wagon at night with books behind its lit windows, in attributes only. */
function Wagon() {
  return (
    <svg viewBox="0 0 720 300" role="img" aria-label="Gerbong kereta tua pada malam hari, buku berjajar di balik jendelanya yang terang">
      <path fill="#1c2b3f" d="M0 0h720v300H0z" />
      <circle cx="610" cy="62" r="26" fill="#f3e7c4" />
      <path fill="#24384f" d="M0 190q120-70 250-24t240-20 230 20v134H0z" />
      <path fill="#121b27" d="M0 262h720v38H0z" />
      <path stroke="#5e6b7a" stroke-width="4" d="M0 262h720" />
      <path fill="#6d2f28" d="M96 104q264-34 528 0v128H96z" />
      <path fill="#4b1f1a" d="M84 108q276-42 552 0v10H84zM96 212h528v24H96z" />
      <path fill="#f7dd95" d={WINDOWS.map((x) => `M${x} 134h92v62h-92z`).join('')} />
      {SPINES.map((colour, book) => (
        <path
          key={colour}
          fill={colour}
          d={WINDOWS.map((x) => `M${x + 14 + book * 11} ${196 - bookHeight(x + book)}h8V196h-8z`).join('')}
        />
      ))}
      {[168, 224, 496, 552].map((x) => (
        <circle key={x} cx={x} cy="246" r="17" fill="#2b323b" stroke="#77828f" stroke-width="5" />
      ))}
    </svg>
  )
}

const bookHeight = (seed: number) => 26 + ((seed * 7) % 15)
