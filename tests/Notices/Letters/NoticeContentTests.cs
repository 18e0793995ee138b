using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Tests.Notices.Letters;

public sealed class NoticeContentTests
{
    private const string Hostile = "Ana\r\nBcc: x@y.example\u202E\u0000\u200B\uD800";
    private const string Clean = "Ana Bcc: x@y.example\uFFFD";

    [Fact]
    public void Each_text_is_clean_as_soon_as_it_is_set()
    {
        var content = LetterSamples.Letter(NoticeTone.Firm);
        foreach (var part in new object[] { content, content.From, content.Invoices[0], LetterSamples.Note("Karl") })
        {
            var texts = part.GetType().GetProperties().Where(p => p.PropertyType == typeof(string) && p.CanWrite);
            foreach (var text in texts)
            {
                text.SetValue(part, Hostile);
                var isLink = text.Name.EndsWith("Url", StringComparison.Ordinal);
                Assert.Equal((text.Name, isLink ? null : Clean), (text.Name, text.GetValue(part)));
            }
        }
    }

    [Fact]
    public void Names_of_readers_earlier_messages_accounts_and_addresses_are_clean_too()
    {
        var invoice = LetterSamples.Invoice() with
        {
            Bank = new BankTransfer(Hostile, Hostile, Hostile, Hostile, Hostile, Hostile),
        };
        var sender = LetterSamples.Letter(NoticeTone.Firm).From with
        {
            Address = new()
            {
                Line1 = Hostile,
                Line2 = "\u200B",
                City = Hostile,
            },
        };
        var earlier = new LetterHistory(LetterSamples.Today, LabelKey.ChannelEmail, Hostile);

        Assert.Equal(new BankTransfer(Clean, Clean, Clean, Clean, Clean, Clean), invoice.Bank);
        Assert.Equal([Clean, Clean], sender.AddressLines);
        Assert.Equal(Clean, earlier.What);
        Assert.Equal(Clean, LetterSamples.Note(Hostile).Reader);
    }
}
