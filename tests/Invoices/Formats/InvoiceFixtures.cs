using System.Text.Json;
using Dunning.Http;
using Dunning.Invoices.Formats;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Invoices.Formats;

internal static class InvoiceFixtures
{
    public static string PathOf(string name) => Path.Combine(SharedFixtures.Root!, "invoices", name);

    public static InvoiceReading Read(string name)
    {
        using var file = File.OpenRead(PathOf(name));
        return XmlInvoice.Read(StrictXml.Load(file));
    }

    /// <summary>The names in an expectations file.</summary>
    public static TheoryData<string> Names(string expectations) =>
        SharedFixtures.Root is null ? [] : [.. Expected(expectations).Select(entry => entry.Name)];

    public static JsonElement Expected(string expectations, string name) =>
        Expected(expectations).Single(entry => entry.Name == name).Value;

    private static List<JsonProperty> Expected(string expectations) =>
        [.. JsonDocument.Parse(File.ReadAllBytes(PathOf(expectations))).RootElement.EnumerateObject()];
}
