using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dunning.Notices.Delivery;
using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Notices.Sms;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Notices.Email;
using Dunning.Tests.Notices.Letters;

namespace Dunning.Tests.Fuzzing;

/// <summary>Text from customers and sources, in every field of a notice: it must be rendered as text.</summary>
internal static partial class LetterTargets
{
    private const char Separator = '|';

    /// <summary>One of this many emails is sent to a mail server, which takes milliseconds.</summary>
    private const int SmtpInterval = 400;

    private static readonly NoticeTone[] _tones = Enum.GetValues<NoticeTone>();
    private static readonly string[] _languages = ["en", "da", "de", "fr", "es", "id", "ms", "ru", "he", "no-such"];

    private static readonly byte[] _seed = Encoding.UTF8.GetBytes(
        "Ana|Nordwind & Co <GmbH>|2026-0042|PO-7781|https://pay.example.com/i?a=1&b=2|DK5000400440116243|DABADKKK|RF18|Fjordlys|+45 70 12 34 56|Søren \"x\"|שלום|mette@f.example|call 'em"
    );

    private static readonly HashSet<string> _elements = [],
        _attributes = [];

    private static readonly string[] _headers =
    [
        "MIME-Version",
        "From",
        "To",
        "Cc",
        "Reply-To",
        "Date",
        "Subject",
        "Content-Type",
        "Message-ID",
        "In-Reply-To",
        "References",
        "Content-Language",
        "Auto-Submitted",
        "X-Auto-Response-Suppress",
    ];

    static LetterTargets()
    {
        foreach (
            var element in _tones
                .SelectMany(tone => new[] { LetterSamples.Letter(tone), LetterSamples.Several(tone) })
                .SelectMany(content =>
                    new[] { EmailLetter.Render(content), EmailLetter.RenderCopy(content, LetterSamples.Note("Karl")) }
                )
                .SelectMany(mail => HtmlPage.Parse(mail).DescendantsAndSelf())
        )
        {
            _elements.Add(element.Name.LocalName);
            _attributes.UnionWith(element.Attributes().Select(a => a.Name.LocalName));
        }
    }

    public static IEnumerable<FuzzTarget> All =>
        [
            new("notice by email", [_seed], () => new StatelessFuzzSubject(Mail)),
            new("notice by SMS", [_seed], () => new StatelessFuzzSubject(Sms)),
            new(
                "email to a mail server",
                [_seed],
                () =>
                    new StatelessFuzzSubject(
                        (input, random) => random.Next(SmtpInterval) != 0 || Send(Letter(input, random))
                    )
            ),
        ];

    private static bool Mail(byte[] input, Random random)
    {
        var content = Letter(input, random);
        var mail =
            random.Next(2) == 0
                ? EmailLetter.Render(content)
                : EmailLetter.RenderCopy(content, LetterSamples.Note(content.Greet) with { History = content.History });
        var page = HtmlPage.Parse(mail);
        Assert.Subset(_elements, page.DescendantsAndSelf().Select(e => e.Name.LocalName).ToHashSet());
        Assert.Subset(_attributes, page.DescendantsAndSelf().Attributes().Select(a => a.Name.LocalName).ToHashSet());
        Assert.All(HtmlPage.Links(mail), link => Assert.Matches(SafeLink(), link));
        Assert.DoesNotContain(mail.Subject, c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202E');
        Assert.DoesNotContain('\u202E', mail.Plain);
        return true;
    }

    private static bool Sms(byte[] input, Random random)
    {
        var content = Letter(input, random);
        var text = SmsLetter.Render(
            content with
            {
                Tone = content.Tone is NoticeTone.FollowUp ? NoticeTone.Firm : content.Tone,
            },
            linksAllowed: random.Next(2) == 0
        );
        Assert.InRange(text.Segments, 1, 2);
        Assert.DoesNotContain(text.Body, c => char.IsControl(c) && c != '\n');
        return true;
    }

    /// <summary>No header and no recipient can be injected.</summary>
    private static bool Send(NoticeContent content)
    {
        var sink = new SmtpSink();
        var gateway = new SmtpEmailGateway(
            new("127.0.0.1", sink.Port, SmtpTls.None, null, null, TimeSpan.FromSeconds(30)),
            TimeProvider.System
        );
        var outcome = gateway
            .SendAsync(
                OutgoingSamples.Mail with
                {
                    To = [new("ana@nordwind.example", content.Greet)],
                    From = new("billing@fjordlys.example", content.From.Company),
                    ReplyTo = new("mette@fjordlys.example", content.From.Person),
                    Text = EmailLetter.Render(content),
                },
                default
            )
            .GetAwaiter()
            .GetResult();
        if (outcome is not SendOutcome.Sent)
            return false;
        gateway.DisposeAsync().AsTask().GetAwaiter().GetResult();
        sink.DisposeAsync().AsTask().GetAwaiter().GetResult();
        var received = Assert.Single(sink.Received);
        var head = received
            .Raw.ReplaceLineEndings("\n")
            .Split("\n\n")[0]
            .Split('\n')
            .Where(line => line.Length > 0 && !char.IsWhiteSpace(line[0]))
            .Select(line => line.Split(':')[0]);
        Assert.Subset(
            _headers.ToHashSet(StringComparer.OrdinalIgnoreCase),
            head.ToHashSet(StringComparer.OrdinalIgnoreCase)
        );
        Assert.Equal(2, received.To.Count);
        return true;
    }

    private static NoticeContent Letter(byte[] input, Random random)
    {
        var parts = Decode(input, random).Split(Separator);
        string Next() => parts[random.Next(parts.Length)];
        LetterInvoice Invoice() =>
            LetterSamples.Invoice() with
            {
                Number = Next(),
                OrderReference = Next(),
                PaymentUrl = Next(),
                DocumentUrl = random.Next(2) == 0 ? Next() : $"https://h.example/{Next()}",
                Bank = new BankTransfer(Next(), Next(), Next(), Next()),
            };
        var tone = _tones[random.Next(_tones.Length)];
        return LetterSamples.Letter(tone, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Invoice())]) with
        {
            Language = _languages[random.Next(_languages.Length)],
            From = new Sender(Next(), Next(), Next(), Next()),
            Greet = Next(),
            CustomerName = Next(),
            FollowUp = Next(),
            History = [new(LetterSamples.Today, "email", Next())],
            Disputed = random.Next(2) == 0 ? [] : [Invoice()],
        };
    }

    /// <summary>UTF-16 text can contain unpaired surrogates.</summary>
    private static string Decode(byte[] input, Random random) =>
        random.Next(4) > 0
            ? Encoding.UTF8.GetString(input)
            : new string(
                MemoryMarshal.Cast<byte, char>(
                    Encoding
                        .Unicode.GetBytes(Encoding.Latin1.GetString(input))
                        .Select(b => random.Next(50) == 0 ? (byte)random.Next(256) : b)
                        .ToArray()
                )
            );

    [GeneratedRegex("^(https|mailto|tel):")]
    private static partial Regex SafeLink();
}
