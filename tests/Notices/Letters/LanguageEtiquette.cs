using System.Text.RegularExpressions;

namespace Dunning.Tests.Notices.Letters;

/// <summary>The manners of one language.</summary>
/// <param name="Never">Blame, threats, pressure and jargon.</param>
/// <param name="WrongAddress">The form of address that a business letter does not use; null for none.</param>
internal sealed record LanguageEtiquette(Regex Never, Regex? WrongAddress, Regex Thanks)
{
    public static readonly IReadOnlyDictionary<string, LanguageEtiquette> All = new Dictionary<
        string,
        LanguageEtiquette
    >
    {
        ["en"] = Create(
            "failed|you must|immediately|arrears|remittance|dunning|lawyer|court|debt collect|net 30|"
                + "credit record|delinquent",
            null,
            "thank you"
        ),
        ["da"] = Create(
            "rykker|inkasso|straks|omgående|forsømt|skyldner|advokat|retten|misligholde|RKI",
            @"\b(Dem|Deres)\b",
            @"\btak\b"
        ),
        ["de"] = Create(
            "versäumt|unverzüglich|umgehend|sofort|Inkasso|Anwalt|Gericht|Verzug|Schuldner|säumig",
            @"\b(du|dir|dich|dein\w*|euch|euer)\b",
            "dank"
        ),
        ["fr"] = Create(
            "mise en demeure|immédiatement|sans délai|huissier|tribunal|avocat|recouvrement|débiteur|négligé",
            @"\b(tu|toi|ton|tes)\b",
            "merci|remerci"
        ),
        ["es"] = Create(
            "inmediatamente|de inmediato|moros|deudor|abogado|tribunal|judicial|embargo|incumpl|burofax",
            @"\b(tú|ti|tus|vosotros|vuestr\w+)\b",
            "gracias"
        ),
        ["id"] = Create(
            "peringatan|segera (bayar|lunasi|dibayar)|menunggak|penunggak|pengadilan|pengacara|hukum|denda|lalai",
            @"\b(kamu|kau|anda)\b",
            "terima kasih"
        ),
        ["ms"] = Create(
            "pengingat|dengan segera|mahkamah|peguam|undang-undang|penghutang|denda|lalai|gagal",
            @"\b(kamu|awak|engkau)\b",
            "terima kasih"
        ),
        ["ru"] = Create(
            "немедленно|срочно|должник|суд\\b|судебн|юрист|коллектор|штраф|пени\\b|нарушен|обязаны|"
                + "счёт-фактур|счет-фактур",
            @"\b(ты|тебя|тебе|твой|твоя|твои)\b",
            "спасибо|благодар"
        ),
        ["he"] = Create("מיד\\b|לאלתר|בית משפט|עורך דין|הוצאה לפועל|חייב\\b|פיגור|התראה", null, "תודה"),
    };

    /// <param name="wrongAddress">With its capitals: in Indonesian Anda is right and anda is not.</param>
    private static LanguageEtiquette Create(string never, string? wrongAddress, string thanks) =>
        new(
            new Regex(never, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant),
            wrongAddress is null ? null : new Regex(wrongAddress, RegexOptions.CultureInvariant),
            new Regex(thanks, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)
        );
}
