using System.Security;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Http;
using Dunning.Invoices.Formats;
using Dunning.Notices.Email;
using Dunning.Receivables;
using Dunning.Tests.Invoices.Formats;
using Dunning.Tests.Notices.Email;

namespace Dunning.Tests.Fuzzing;

/// <summary>Text that is made to be read as something else, and documents that are made to be costly to read.</summary>
internal static class HostileTextTargets
{
    private const char Separator = '|';
    private const int DeepestNest = 200;
    private const int LongestName = 200;
    private const int MaxLines = 500;

    /// <summary>Characters: memory is bounded by the length of the mutated input, which becomes this much.</summary>
    private const int MaxNest = 64 * 1024;

    private static readonly byte[] _names = Encoding.UTF8.GetBytes(
        "Boss\", \"CEO\" <ceo@evil.example>, \"y|Hotel \"Adler\" GmbH|back\\slash\\|Café \"Zoë\", Bar"
            + "|=?utf-8?q?=0D=0ABcc:_x@evil.example?=|Müller (Köln)-GmbH"
            + "|Ana\r\nBcc: x@evil.example|Søren (CEO) [x]; :group: a@b.example;"
            + "|שלום עולם|=?utf-8?b?QQ==?= =?utf-8?q?B?=|."
    );

    private static readonly string[] _invisible =
    [
        "\u200B",
        "\uFEFF",
        "\u00AD",
        "\u2060",
        "\u2064",
        "\u206A",
        "\U000E0001",
        "\U000E007F",
        "\u3164",
        "\u2800",
        "\uFDD0",
        "\U0002FFFF",
        "\u202E",
        "\u2066",
        "\u200D",
    ];

    public static IEnumerable<FuzzTarget> All =>
        [
            new("display names", [_names], () => new StatelessFuzzSubject(NamesStayNames)),
            new(
                "invisible characters",
                [Encoding.UTF8.GetBytes("Buyer GmbH|R 7|Ann|Nails|Ref 7"), "A|1|B||"u8.ToArray()],
                () => new StatelessFuzzSubject(NothingInvisibleIsTaken)
            ),
            new(
                "nested documents",
                ["<a b='c'>"u8.ToArray(), "[{\"a\":"u8.ToArray()],
                () => new AppFuzzSubject(Nested)
            ),
        ];

    /// <summary>Both gateways send what this message says; an independent reader must find the same parties.</summary>
    private static bool NamesStayNames(byte[] input, Random random)
    {
        var names = Decode(input, random).Split(Separator);
        Mailbox Next(string address) => new(address, Shortened(names[random.Next(names.Length)]));
        var mail = OutgoingSamples.Mail with
        {
            From = Next("billing@fjordlys.example"),
            To = [Next("ana@nordwind.example")],
            Cc = [Next("karl@nordwind.example"), Next("zoe@nordwind.example")],
            ReplyTo = Next("mette@fjordlys.example"),
            Text = new EmailText(names[random.Next(names.Length)], "<p>x</p>", "x", "en"),
        };
        using var raw = new MemoryStream();
        using (var message = mail.ToMimeMessage(OutgoingSamples.Now))
            message.WriteTo(raw);

        var fields = AddressHeader.Fields(
            Encoding
                .Latin1.GetString(raw.ToArray())
                .ReplaceLineEndings("\n")
                .Replace("\n", "\r\n", StringComparison.Ordinal)
        );
        Assert.Equal(fields.Count, fields.Select(field => field.Name.ToUpperInvariant()).Distinct().Count());
        AssertParties([mail.From], fields, "From");
        AssertParties(mail.To, fields, "To");
        AssertParties(mail.Cc, fields, "Cc");
        AssertParties([mail.ReplyTo], fields, "Reply-To");
        Assert.DoesNotContain(fields, field => field.Name.Equals("Bcc", StringComparison.OrdinalIgnoreCase));
        return true;
    }

    private static void AssertParties(
        IReadOnlyList<Mailbox> parties,
        IReadOnlyList<(string Name, string Value)> fields,
        string field
    )
    {
        var read = AddressHeader.Read(Assert.Single(fields, f => f.Name == field).Value);
        Assert.Equal(parties.Select(party => party.Address), read.Select(mailbox => mailbox.Address));
        Assert.Equal(
            parties.Select(party => Visible(party.ToMailbox().Name!)),
            read.Select(mailbox => Visible(mailbox.Name))
        );
    }

    /// <summary>No name is longer where it comes in.</summary>
    private static string Shortened(string name) => name[..Math.Min(name.Length, LongestName)];

    /// <summary>Folding changes how much white space stands between words, and breaks a word of a whole line.</summary>
    private static string Visible(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private static bool NothingInvisibleIsTaken(byte[] input, Random random)
    {
        var texts = Decode(input, random).Split(Separator);
        string Next()
        {
            var text = texts[random.Next(texts.Length)];
            for (var times = random.Next(4); times > 0; times--)
                text = text.Insert(random.Next(text.Length + 1), _invisible[random.Next(_invisible.Length)]);
            return text;
        }
        var reading = random.Next(3) switch
        {
            0 => ReadJson(Next),
            1 => ReadXml(SampleXml.Ubl, Next),
            _ => ReadXml(SampleXml.Cii, Next),
        };
        if (reading?.Document is not { } invoice)
            return false;
        Assert.NotEmpty(Visible(invoice.Customer.Name));
        Assert.NotEmpty(Visible(invoice.Number));
        Assert.DoesNotContain(
            JsonSerializer.Serialize(invoice with { ExternalId = "" }, _readable).EnumerateRunes(),
            InvisibleCharacters.Contains
        );
        return true;
    }

    private static readonly JsonSerializerOptions _readable = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static InvoiceReading? ReadJson(Func<string> next)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                externalId = "a-1",
                number = next(),
                issueDate = "2026-01-01",
                currency = "EUR",
                amountDue = "1.00",
                customer = new
                {
                    name = next(),
                    taxId = next(),
                    email = "ap@buyer.example",
                    contacts = new[]
                    {
                        new
                        {
                            name = next(),
                            email = "ann@buyer.example",
                            role = next(),
                        },
                    },
                },
                payment = new { reference = next(), accountName = next() },
                orderReference = next(),
                lines = new[] { new { description = next(), quantity = next() } },
                tags = new[] { next() },
            }
        );
        try
        {
            using var document = JsonInvoice.Parse(json);
            return JsonInvoice.Read(document.RootElement);
        }
        catch (UnreadableDocumentException)
        {
            return null;
        }
    }

    private static InvoiceReading? ReadXml(string sample, Func<string> next)
    {
        var xml = new StringBuilder(sample);
        foreach (
            var text in new[] { "R 7", "Buyer GmbH", ">Ann<", "Nails", "Ref 7", "PO-1", "Pay soon", "DE987654321" }
        )
            xml.Replace(text, text[0] == '>' ? $">{SecurityElement.Escape(next())}<" : SecurityElement.Escape(next()));
        try
        {
            return XmlInvoice.Read(StrictXml.Load(new MemoryStream(Encoding.UTF8.GetBytes(xml.ToString()))));
        }
        catch (UnreadableDocumentException)
        {
            return null;
        }
    }

    /// <summary>Elements, arrays or objects in each other, in a document that is taken without them.</summary>
    private static bool Nested(FuzzApp app, byte[] input, Random random)
    {
        var depth = random.Next(10) == 0 ? random.Next(DeepestNest * 50) : random.Next(DeepestNest);
        return random.Next(3) switch
        {
            0 => NestedXml(app, input, depth, random),
            1 => NestedJson(app, input, depth),
            _ => NestedLines(app, input, depth),
        };
    }

    private static bool NestedXml(FuzzApp app, byte[] input, int depth, Random random)
    {
        // Closed elements half of the time; what the input opens otherwise stays open.
        var isClosed = random.Next(2) == 0;
        var nest = isClosed ? Repeated("<a b='c'>", depth) + Repeated("</a>", depth) : Repeated(Text(input), depth);
        var sample = random.Next(2) == 0 ? SampleXml.Ubl : SampleXml.Cii;
        var end = sample.LastIndexOf("</", StringComparison.Ordinal);
        var status = FuzzApp.Status(
            request => app.PostInvoice.Run(request, default),
            Encoding.UTF8.GetBytes(sample[..end] + nest + sample[end..]),
            "application/xml"
        );
        if (isClosed)
            Assert.Equal(depth < StrictJson.MaxDepth, status < 400);
        return status < 400;
    }

    private static bool NestedJson(FuzzApp app, byte[] input, int depth)
    {
        var isArray = input.Length % 2 == 0;
        var (open, close) = isArray ? ("[", "]") : ("{\"a\":", "}");
        var json = JsonNode.Parse("""{"externalId":"a-2","number":"7","issueDate":"2026-01-01","currency":"JPY"}""")!;
        json["amountDue"] = 1190;
        json["customer"] = new JsonObject { ["name"] = Text(input), ["email"] = "a@a.example" };
        var text = json.ToJsonString();
        var status = FuzzApp.Status(
            request => app.PostInvoice.Run(request, default),
            Encoding.UTF8.GetBytes($"{text[..^1]},\"x\":{Repeated(open, depth)}0{Repeated(close, depth)}}}"),
            "application/json"
        );
        // The document is a level of its own.
        if (depth >= StrictJson.MaxDepth)
            Assert.Equal(400, status);
        return status < 400;
    }

    private static bool NestedLines(FuzzApp app, byte[] input, int depth) =>
        FuzzApp.Status(
            request => app.ImportInvoices.Run(request, default),
            Encoding.UTF8.GetBytes(
                Repeated(Text(input), Math.Min(depth, 1 + MaxLines / (1 + input.Count((byte)'\n'))))
                    + "\n"
                    + Repeated("[", depth)
                    + Repeated("]", depth)
            ),
            "application/x-ndjson"
        ) < 400;

    private static string Text(byte[] input) => Encoding.UTF8.GetString(input);

    private static string Repeated(string text, int times) =>
        string.Concat(Enumerable.Repeat(text, Math.Min(times, MaxNest / Math.Max(text.Length, 1))));

    /// <summary>Text with halves of surrogate pairs, some of the time.</summary>
    private static string Decode(byte[] input, Random random)
    {
        var text = Text(input);
        return random.Next(4) > 0 || text.Length == 0
            ? text
            : text.Insert(random.Next(text.Length), ((char)random.Next(0xD800, 0xE000)).ToString());
    }
}
