using Dunning.Http;

namespace Dunning.Payments.BankFiles;

/// <summary>What the job of a bank file works on.</summary>
/// <param name="Columns">Of a CSV file; null for the formats that need none.</param>
/// <param name="IsDryRun">Nothing is applied or listed.</param>
internal sealed record BankFileInput(byte[] File, BankColumns? Columns, bool IsDryRun)
{
    /// <exception cref="UnreadableDocumentException">It is no statement of a known format.</exception>
    public BankFile Read()
    {
        if (Columns is not null)
            return BankCsvFile.Read(CsvText.Decode(File), Columns);
        var text = CsvText.Decode(File);
        return text.AsSpan().TrimStart() is ['<', ..]
            ? CamtFile.Read(StrictXml.Load(new MemoryStream(File, writable: false)))
            : Mt940File.Read(text);
    }
}
