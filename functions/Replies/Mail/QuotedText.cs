using System.Text.RegularExpressions;

namespace Dunning.Replies.Mail;

/// <summary>
/// Separates what a customer wrote from what the mail program quoted below or above it. When nothing would be left,
/// nothing is cut: whoever answers between the lines of a quotation has written there.
/// </summary>
internal static partial class QuotedText
{
    /// <summary>An attribution is at most so many lines: mail programs break "On … wrote:".</summary>
    private const int MaxAttribution = 3;

    private const int MaxHeaderBlock = 6;

    public static string Cut(string text)
    {
        List<string> lines = [.. text.Split('\n').Select(line => line.Trim(' ', '\u00a0'))];
        var end = lines.FindIndex(line => line is "--" or "-- ");
        for (var i = 0; i < lines.Count && (end < 0 || i < end); i++)
        {
            if (BeginsHistory(lines, i))
                end = i;
        }
        List<string> kept = [];
        foreach (var line in end < 0 ? lines : lines[..end])
        {
            if (!line.StartsWith('>'))
                kept.Add(line);
            else
                RemoveAttribution(kept);
        }
        var cut = BlankLines().Replace(string.Join('\n', kept), "\n\n").Trim();
        return cut.Length > 0 ? cut : text.Trim();
    }

    /// <summary>The line, or the lines from it on, after which all is history.</summary>
    private static bool BeginsHistory(List<string> lines, int i) =>
        Separator().IsMatch(lines[i]) || IsHeaderBlock(lines, i) || IsAttribution(lines, i);

    /// <summary>Outlook's header block: From, then Sent or Date, To, Subject.</summary>
    private static bool IsHeaderBlock(List<string> lines, int i) =>
        FromLine().IsMatch(lines[i])
        && lines.Skip(i + 1).Take(MaxHeaderBlock).Any(line => SentLine().IsMatch(line))
        && lines.Skip(i + 1).Take(MaxHeaderBlock).Any(line => SubjectLine().IsMatch(line));

    /// <summary>"On Monday, Maya wrote:", in one line or broken into several.</summary>
    private static bool IsAttribution(List<string> lines, int i) =>
        Enumerable
            .Range(1, MaxAttribution)
            .Any(count => Attribution().IsMatch(string.Join(' ', lines.Skip(i).Take(count))));

    /// <summary>
    /// What stands before a quotation in any language: lines up to a blank one, the last with a colon.
    /// </summary>
    private static void RemoveAttribution(List<string> kept)
    {
        while (kept is [.., ""])
            kept.RemoveAt(kept.Count - 1);
        if (kept is not [.., var last] || !last.EndsWith(':') || !Address().IsMatch(last) && !Year().IsMatch(last))
            return;
        for (var count = 0; count < MaxAttribution && kept is [.., { Length: > 0 }]; count++)
            kept.RemoveAt(kept.Count - 1);
    }

    [GeneratedRegex(
        @"^(-{2,}|_{5,})\s*(Original Message|Original Appointment|Ursprüngliche Nachricht|Oprindelig meddelelse|"
            + "Message d['’]origine|Mensaje original|Pesan Asli|Mesej Asal|Исходное сообщение|Пересылаемое сообщение|"
            + @"הודעה מקורית)\s*-{2,}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Separator();

    [GeneratedRegex(@"^\**(From|Von|Fra|De|Dari|Daripada|Da|Van|От|מאת)\s?:\**\s", RegexOptions.None, 1000)]
    private static partial Regex FromLine();

    [GeneratedRegex(
        @"^\**(Sent|Date|Gesendet|Datum|Sendt|Dato|Envoyé|Enviado(?: el)?|Fecha|Dikirim|Dihantar|Tanggal|Tarikh|"
            + @"Отправлено|Дата|נשלח|תאריך)\s?:\**",
        RegexOptions.None,
        1000
    )]
    private static partial Regex SentLine();

    [GeneratedRegex(
        @"^\**(Subject|Betreff|Emne|Objet|Asunto|Subjek|Subyek|Perihal|Тема|נושא)\s?:\**",
        RegexOptions.None,
        1000
    )]
    private static partial Regex SubjectLine();

    [GeneratedRegex(
        @"^[\u200e\u200f\u202a-\u202e]*(On|Am|Den|Le|El|Pada|Il|Op)\s.{5,300}\s"
            + @"(wrote|schrieb|skrev|a écrit|escribió|menulis|ha scritto|schreef)(\s.{1,200})?\s?:$|"
            + @"^.{5,300}(пишет|написал\(?а?\)?)\s?:$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Attribution();

    [GeneratedRegex("@[^ ]+")]
    private static partial Regex Address();

    [GeneratedRegex("20[0-9]{2}")]
    private static partial Regex Year();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex BlankLines();
}
