using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.PostalLetters;
using Dunning.Receivables;
using Dunning.Receivables.Banking;
using Dunning.Tests.Dashboard;
using Dunning.Tests.Fixtures;
using Microsoft.Playwright;

namespace Dunning.Tests.PostalLetters;

/// <summary>Letters as a browser prints them.</summary>
[Trait("Category", "Long")]
public sealed class PaperLetterTests
{
    private const double PixelsPerMillimetre = 96 / 25.4;

    /// <summary>
    /// Of the envelope, from its left and top: the window; then the size of the envelope and of the panel.
    /// </summary>
    private sealed record Envelope(
        (double Left, double Top, double Width, double Height) Window,
        (double Width, double Height) Size,
        (double Width, double Height) Panel
    );

    private static readonly Dictionary<string, Envelope> _envelopes = new()
    {
        // DIN 680 DL with the sheet folded at 105 mm.
        ["DE"] = new((20, 50, 90, 45), (220, 110), (210, 105)),
        ["FR"] = new((100, 55, 100, 35), (220, 110), (210, 99)),
        ["CH"] = new((100, 55, 100, 35), (220, 110), (210, 99)),
        ["GB"] = new((20, 55, 90, 35), (220, 110), (210, 99)),
        // No. 10.
        ["US"] = new((22.2, 63.5, 114.3, 28.6), (241.3, 104.8), (215.9, 93.1)),
    };

    [BrowserFact]
    public async Task The_address_is_seen_through_the_window_however_the_sheet_lies()
    {
        foreach (
            var (country, language) in new[] { ("DE", "de"), ("FR", "fr"), ("CH", "de"), ("GB", "he"), ("US", "en") }
        )
            await AssertSeenAsync(country, language);
    }

    private static async Task AssertSeenAsync(string country, string language)
    {
        var paper = EnvelopeWindow.PaperOf(country);
        await using var context = await (await Chromium.Browser).NewContextAsync();
        var page = await context.NewPageAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.SetViewportSizeAsync((int)(_envelopes[country].Panel.Width * PixelsPerMillimetre) + 1, 1200);
        await page.SetContentAsync(LetterTo(country, language, paper));

        var envelope = _envelopes[country];
        var lines = await page.Locator(".recipient span").AllAsync();
        Assert.True(lines.Count >= 4);
        foreach (var line in lines)
        {
            var box = (await line.BoundingBoxAsync())!;
            var text = await line.EvaluateAsync<double[]>(
                """
                line => {
                  const range = document.createRange();
                  range.selectNodeContents(line);
                  const box = range.getBoundingClientRect();
                  return [box.left, box.right, line.clientWidth, line.scrollWidth];
                }
                """
            );
            // Nothing is cut off.
            Assert.True(text[3] <= text[2] + 1, await line.InnerTextAsync());
            // The body begins at the top margin of the page.
            var (top, bottom) = (Mm(box.Y) + 20, Mm(box.Y + box.Height) + 20);
            var (left, right) = (Mm((float)text[0]), Mm((float)text[1]));
            // The sheet can lie anywhere between two corners of the envelope.
            foreach (var (x, y) in CornersOf(envelope))
            {
                var window = envelope.Window;
                Assert.InRange(left + x, window.Left, window.Left + window.Width);
                Assert.InRange(right + x, window.Left, window.Left + window.Width);
                Assert.InRange(top + y, window.Top, window.Top + window.Height);
                Assert.InRange(bottom + y, window.Top, window.Top + window.Height + 0.5);
            }
        }
    }

    /// <summary>By how much the sheet can lie away from the left and the top of the envelope.</summary>
    private static (double X, double Y)[] CornersOf(Envelope envelope)
    {
        var (x, y) = (envelope.Size.Width - envelope.Panel.Width, envelope.Size.Height - envelope.Panel.Height);
        return [(0, 0), (x, 0), (0, y), (x, y)];
    }

    [Fact]
    public void What_a_customer_is_called_is_text_and_never_markup()
    {
        var html = LetterTo("GB", "en", PaperSize.A4, name: "<b>Bobby</b> & Sons");

        Assert.DoesNotContain("<b>Bobby", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Bobby&lt;/b&gt; &amp; Sons", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GB", "FR", "UNITED KINGDOM")]
    [InlineData("DE", "GB", "GERMANY")]
    [InlineData("GB-SCT", "FR", "UNITED KINGDOM")]
    public void A_letter_abroad_names_the_country_in_words(string country, string creditor, string expected) =>
        Assert.Equal(expected, EnvelopeWindow.AddressOf(CustomerIn(country), creditor)[^1]);

    [Fact]
    public void A_letter_at_home_names_no_country() =>
        Assert.Equal(
            ["Buyer Ltd", "1 Quay Street", "Bristol BS1 4DJ"],
            EnvelopeWindow.AddressOf(CustomerIn("GB"), "GB")
        );

    private static double Mm(float pixels) => pixels / PixelsPerMillimetre;

    private static Customer CustomerIn(string country, string name = "Buyer Ltd") =>
        TestData.Customer() with
        {
            Name = name,
            Country = country,
            Address = new PostalAddress
            {
                Line1 = "1 Quay Street",
                PostalCode = "BS1 4DJ",
                City = "Bristol",
                Country = country,
            },
        };

    internal static string LetterTo(
        string country,
        string language,
        PaperSize paper,
        string name = "Buyer of Many Long Names Ltd",
        int invoices = 1
    )
    {
        var content = new NoticeContent
        {
            Tone = NoticeTone.Firm,
            Language = Language.For(language),
            Today = TestData.Day("2026-03-19"),
            From = new Sender
            {
                Company = "Harbour & Finch Ltd",
                Person = "Maya Finch",
                Email = "accounts@harbourfinch.example",
                Phone = "+44 117 946 0000",
                Address = new PostalAddress
                {
                    Line1 = "12 Quay Street",
                    PostalCode = "BS1 4DJ",
                    City = "Bristol",
                    Country = "GB",
                },
            },
            Greet = "Tom Amberley",
            GreetsPerson = true,
            CustomerName = name,
            CustomerCountry = country,
            OnPaper = true,
            Invoices =
            [
                .. Enumerable
                    .Range(1, invoices)
                    .Select(number => new LetterInvoice
                    {
                        Number = $"HF-{number}",
                        IssueDate = TestData.Day("2026-02-01"),
                        DueDate = TestData.Day("2026-03-02"),
                        OpenAmount = new Money(119_00 * number, country is "CH" ? "CHF" : "EUR"),
                        Charged = Money.Zero(country is "CH" ? "CHF" : "EUR"),
                        Paid = Money.Zero(country is "CH" ? "CHF" : "EUR"),
                        PaymentLinks = [],
                        Bank = country is "CH"
                            ? new BankTransfer("CH5800791123000889012", null, "RF18539007547034", "Harbour & Finch")
                            {
                                ReferenceScheme = ReferenceScheme.Rf,
                            }
                            : new BankTransfer("DE89370400440532013000", "COBADEFFXXX", null, "Harbour & Finch"),
                    }),
            ],
        };
        var customer = CustomerIn(country is "GB" ? "FR" : "GB", name) with
        {
            Contacts = [new Contact("Tom Amberley", null, null, null, Cc: false)],
        };
        return PaperLetter.Document(
            [
                PaperLetter.Render(
                    EmailPage.Create(content),
                    content,
                    EnvelopeWindow.AddressOf(customer, country),
                    EnvelopeWindow.Of(country, paper)
                ),
            ],
            paper,
            "Letters"
        );
    }
}
