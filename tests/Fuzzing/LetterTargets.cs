using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dunning.Notices.Delivery;
using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
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

    private static readonly NoticeTone[] _tones = [.. Enum.GetValues<NoticeTone>().Where(tone => tone.HasPhrases())];
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
        "Feedback-ID",
        "X-Auto-Response-Suppress",
    ];

    static LetterTargets()
    {
        foreach (
            var element in _tones
                .SelectMany(tone => new[] { LetterSamples.Letter(tone), LetterSamples.Several(tone) })
                .SelectMany(content =>
                    new[] { EmailPage.Create(content), EmailPage.CreateCopy(content, LetterSamples.Note("Karl")) }
                )
                .SelectMany(page => HtmlPage.Parse(EmailText.Render(page)).DescendantsAndSelf())
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
                        (input, random) => random.Next(SmtpInterval) != 0 || Send(Texts(input, random), random)
                    )
            ),
        ];

    private static bool Mail(byte[] input, Random random)
    {
        var next = Texts(input, random);
        var content = Letter(next, random);
        var mail = EmailText.Render(
            random.Next(2) == 0
                ? EmailPage.Create(content)
                : EmailPage.CreateCopy(
                    content,
                    LetterSamples.Note(next()) with
                    {
                        Sms = random.Next(4) == 0 ? next() : null,
                        History = [new(LetterSamples.Today, LabelKey.ChannelEmail, next())],
                    }
                )
        );
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
        var content = Letter(Texts(input, random), random);
        var text = SmsText.Render(
            content with
            {
                Tone = content.Tone.IsSentBySms() ? content.Tone : NoticeTone.Firm,
            },
            linksAllowed: random.Next(2) == 0
        );
        Assert.InRange(text.Segments, 1, 2);
        Assert.DoesNotContain(text.Body, c => char.IsControl(c) && c != '\n');
        return true;
    }

    /// <summary>No header and no recipient can be injected.</summary>
    private static bool Send(Func<string> next, Random random)
    {
        var sink = new SmtpSink();
        var gateway = new SmtpEmailGateway(
            new("127.0.0.1", sink.Port, MailTls.None, null, null, TimeSpan.FromSeconds(30)),
            TimeProvider.System
        );
        var outcome = gateway
            .SendAsync(
                OutgoingSamples.Mail with
                {
                    To = [new("ana@nordwind.example", next())],
                    From = new("billing@fjordlys.example", next()),
                    ReplyTo = new("mette@fjordlys.example", next()),
                    Text = EmailText.Render(EmailPage.Create(Letter(next, random))),
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

    /// <summary>Texts as they come from outside: <see cref="NoticeContent"/> cleans them, as in production.</summary>
    private static Func<string> Texts(byte[] input, Random random)
    {
        var parts = Decode(input, random).Split(Separator);
        return () => parts[random.Next(parts.Length)];
    }

    private static NoticeContent Letter(Func<string> next, Random random)
    {
        LetterInvoice Invoice() =>
            LetterSamples.Invoice() with
            {
                Number = next(),
                OrderReference = next(),
                PaymentLinks = [new(PaymentMethod.Other, next(), next())],
                DocumentUrl = random.Next(2) == 0 ? next() : $"https://h.example/{next()}",
                Bank = new BankTransfer(next(), next(), next(), next()),
            };
        var tone = _tones[random.Next(_tones.Length)];
        return LetterSamples.Letter(tone, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Invoice())]) with
        {
            Language = Language.For(_languages[random.Next(_languages.Length)]),
            From = new Sender
            {
                Company = next(),
                Person = next(),
                Email = next(),
                Phone = next(),
                Address = new() { Line1 = next(), City = next() },
                TaxId = next(),
            },
            Greet = next(),
            CustomerName = next(),
            FollowUp = new FollowUp(FollowUpReason.Reply) { Text = next(), From = next() },
            History = [new(LetterSamples.Today, LabelKey.ChannelEmail, next())],
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
