using System.Text;
using System.Text.Json;
using Dunning.Http;
using Dunning.Invoices.Formats;
using Dunning.Notices.Letters;
using Dunning.Receivables;
using Dunning.Replies;

namespace Dunning.Tests.Invoices.Formats;

/// <summary>
/// Characters that nobody sees make two different names look alike and an empty name look like a name. They are removed
/// wherever text comes in, and again where it goes out.
/// </summary>
public sealed class InvisibleCharacterTests
{
    public static TheoryData<string> Invisible =>
        [
            "\u200B", // zero width space
            "\uFEFF", // byte order mark
            "\u00AD", // soft hyphen
            "\u2060",
            "\u2061",
            "\u2064",
            "\u206A",
            "\u206F",
            "\U000E0001", // language tag
            "\U000E0041", // tag latin capital letter A
            "\U000E007F",
            "\u3164", // Hangul filler
            "\uFFA0", // its halfwidth form
            "\u2800", // blank Braille pattern
            "\u180E", // Mongolian vowel separator
            "\uFFF9", // interlinear annotation
            "\uFDD0", // non-characters
            "\uFFFE",
            "\U0001FFFE",
            "\U0010FFFF",
            "\u202E", // right-to-left override
        ];

    [Theory]
    [MemberData(nameof(Invisible))]
    public void Json_names_and_numbers_have_none(string hidden)
    {
        var invoice = SampleJson.ReadValid(
            JsonSerializer.Serialize(
                new
                {
                    number = $"10{hidden}42",
                    orderReference = $"PO{hidden}-1",
                    customer = new
                    {
                        name = $"Buyer{hidden} GmbH",
                        email = $"ap@buyer.example{hidden}",
                        phone = $"{hidden}+4930123456",
                        country = $"D{hidden}E",
                        contacts = new[] { new { name = $"A{hidden}nn", email = "ann@buyer.example" } },
                    },
                    payment = new { iban = $"DE89{hidden}370400440532013000", reference = $"RF{hidden}18" },
                    lines = new[] { new { description = $"Na{hidden}ils" } },
                    tags = new[] { $"v{hidden}ip" },
                    dunning = new { reason = $"be{hidden}cause" },
                }
            )
        );

        Assert.Equal(
            ("1042", "PO-1", "Buyer GmbH", "ap@buyer.example", "+4930123456", "DE"),
            (
                invoice.Number,
                invoice.OrderReference,
                invoice.Customer.Name,
                invoice.Customer.Email,
                invoice.Customer.Phone,
                invoice.Customer.Country
            )
        );
        Assert.Equal(("DE89370400440532013000", "RF18"), (invoice.Payment!.Iban, invoice.Payment.Reference));
        Assert.Equal(
            ("Ann", "Nails", "vip", "because"),
            (invoice.Customer.Contacts[0].Name, invoice.Lines[0].Description, invoice.Tags[0], invoice.Dunning!.Reason)
        );
    }

    [Theory]
    [MemberData(nameof(Invisible))]
    public void Xml_names_and_numbers_have_none(string hidden)
    {
        // XML itself forbids these two.
        if (hidden is "\uFFFE" or "\uFFFF")
            return;
        foreach (var xml in new[] { SampleXml.Ubl, SampleXml.Cii })
        {
            var invoice = Read(
                xml.Replace("R 7", $"R{hidden} 7", StringComparison.Ordinal)
                    .Replace("Buyer GmbH", $"Buyer{hidden} GmbH", StringComparison.Ordinal)
                    .Replace(">Ann<", $">A{hidden}nn<", StringComparison.Ordinal)
                    .Replace("30 123-4567", $"30{hidden} 123-4567", StringComparison.Ordinal)
                    .Replace("Ref 7", $"Ref{hidden} 7", StringComparison.Ordinal)
                    .Replace("Nails", $"Na{hidden}ils", StringComparison.Ordinal)
                    .Replace("119.00", $"119{hidden}.00", StringComparison.Ordinal)
            ).Document!;

            Assert.Equal(
                ("R 7", "Buyer GmbH", "Ann", "+49301234567", "Ref 7", "Nails", 11900),
                (
                    invoice.Number,
                    invoice.Customer.Name,
                    invoice.Customer.Contacts[0].Name,
                    invoice.Customer.Phone,
                    invoice.Payment!.Reference,
                    invoice.Lines[0].Description,
                    invoice.AmountDue.Minor
                )
            );
            Assert.EndsWith("/2026/R 7", invoice.ExternalId, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Invisible))]
    [InlineData("\u200C")]
    [InlineData("\u200D \u200C")]
    [InlineData("\uFE0F")]
    public void A_name_of_nothing_else_is_missing(string hidden)
    {
        var json = SampleJson.ReadWith(
            JsonSerializer.Serialize(new { number = $"{hidden} {hidden}", customer = new { name = hidden + hidden } })
        );
        Assert.Equal(
            [("#/number", "required"), ("#/customer/name", "required")],
            json.Problems.Select(p => (p.Pointer, p.Code))
        );
        if (hidden is "\uFFFE")
            return;
        foreach (var xml in new[] { SampleXml.Ubl, SampleXml.Cii })
            Assert.Equal(
                ("#/customer/name", "required"),
                Assert.Single(
                    Read(xml.Replace("Buyer GmbH", hidden, StringComparison.Ordinal))
                        .Problems.Select(p => (p.Pointer, p.Code))
                )
            );
    }

    [Fact]
    public void A_hidden_first_name_does_not_hide_the_second_one() =>
        Assert.Equal(
            "Shop",
            Read(
                SampleXml.Ubl.Replace(
                    "<cac:PartyLegalEntity><cbc:RegistrationName>Buyer GmbH<",
                    "<cac:PartyName><cbc:Name>Shop</cbc:Name></cac:PartyName>"
                        + "<cac:PartyLegalEntity><cbc:RegistrationName>\u200B<",
                    StringComparison.Ordinal
                )
            ).Document!.Customer.Name
        );

    [Theory]
    [InlineData("می\u200Cخواهم")] // Persian
    [InlineData("👩\u200D💻")]
    [InlineData("ක්\u200Dරම")] // Sinhala
    [InlineData("葛\U000E0100城")] // a Japanese name with the variant of its character
    [InlineData("❤\uFE0F")]
    public void What_shapes_a_letter_stays(string name) =>
        Assert.Equal(
            name,
            SampleJson.ReadValid(JsonSerializer.Serialize(new { customer = new { name } })).Customer.Name
        );

    [Theory]
    [MemberData(nameof(Invisible))]
    public void A_message_has_none_whatever_is_stored(string hidden) =>
        Assert.Equal("Buyer GmbH", UntrustedText.Clean($"{hidden}Buy{hidden}er GmbH{hidden}"));

    [Theory]
    [MemberData(nameof(Invisible))]
    public void A_keyword_counts_however_a_phone_writes_it(string hidden) =>
        Assert.Equal(ReplyMeaning.Stop, ReplyKeywords.Read($"{hidden}ST{hidden}OP", optOutType: null));

    [Fact]
    public void An_id_of_the_source_is_kept_to_the_letter() =>
        Assert.Equal("a\u200B1", SampleJson.ReadValid("""{"externalId":"a\u200B1"}""").ExternalId);

    private static InvoiceReading Read(string xml) =>
        XmlInvoice.Read(StrictXml.Load(new MemoryStream(Encoding.UTF8.GetBytes(xml))));
}
