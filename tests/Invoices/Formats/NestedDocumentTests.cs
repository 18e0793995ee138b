using System.Text;
using Dunning.Http;
using Dunning.Invoices.Formats;

namespace Dunning.Tests.Invoices.Formats;

/// <summary>
/// Deep nesting costs time that grows with its square, so it is bounded while the document is read, before any of it is
/// built.
/// </summary>
public sealed class NestedDocumentTests
{
    private const int MaxDepth = 64;

    /// <summary>A reader fetches its input in blocks; what follows the first ones must stay unread.</summary>
    private const int FirstBlocks = 64 * 1024;

    public static TheoryData<string, string> Nests =>
        new()
        {
            { "<a>", "" },
            { "<a b='c'>", "" },
            { "<a xmlns='urn:x'>", "" },
            { "<cbc:Note>", $"<Invoice xmlns=\"{UblInvoice.InvoiceNamespace}\" xmlns:cbc=\"urn:x\">" },
            { "<cac:Party>", $"<CreditNote xmlns=\"{UblInvoice.CreditNoteNamespace}\" xmlns:cac=\"urn:x\">" },
            { "<r:X>", $"<r:CrossIndustryInvoice xmlns:r=\"{CiiInvoice.Namespace}\">" },
        };

    [Theory]
    [MemberData(nameof(Nests))]
    public void Nested_xml_is_rejected_at_its_65th_level_and_not_read_further(string element, string root)
    {
        var body = new CountingStream(
            Encoding.UTF8.GetBytes(root + string.Concat(Enumerable.Repeat(element, 2_000_000 / element.Length)))
        );

        var error = Assert.Throws<UnreadableDocumentException>(() => StrictXml.Load(body));

        Assert.Equal((400, "malformed-xml"), (error.Status, error.Problem));
        Assert.Contains($"{MaxDepth} levels", error.Message, StringComparison.Ordinal);
        Assert.InRange(body.BytesRead, 1, FirstBlocks);
    }

    [Theory]
    [InlineData(MaxDepth, true)]
    [InlineData(MaxDepth + 1, false)]
    public void Xml_and_json_have_the_same_depth(int levels, bool isRead)
    {
        var xml = Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Repeat("<a>", levels)) + string.Concat(Enumerable.Repeat("</a>", levels))
        );
        var json = Encoding.UTF8.GetBytes(new string('[', levels) + new string(']', levels));

        Assert.Equal(isRead, IsRead(() => StrictXml.Load(new MemoryStream(xml))));
        Assert.Equal(isRead, IsRead(() => StrictJson.Parse(json).Dispose()));
    }

    [Fact]
    public void An_invoice_with_a_deep_extension_is_read()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", MaxDepth - 1));
        var xml = SampleXml.Ubl.Replace(
            "</Invoice>",
            deep + deep.Replace("<", "</", StringComparison.Ordinal) + "</Invoice>",
            StringComparison.Ordinal
        );

        Assert.Empty(XmlInvoice.Read(StrictXml.Load(new MemoryStream(Encoding.UTF8.GetBytes(xml)))).Problems);
    }

    private static bool IsRead(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (UnreadableDocumentException)
        {
            return false;
        }
    }

    private sealed class CountingStream(byte[] body) : MemoryStream(body, writable: false)
    {
        public long BytesRead { get; private set; }

        public override int Read(byte[] buffer, int offset, int count) => Count(base.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => Count(base.Read(buffer));

        private int Count(int read)
        {
            BytesRead += read;
            return read;
        }
    }
}
