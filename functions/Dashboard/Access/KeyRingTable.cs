using System.Xml.Linq;
using Azure.Data.Tables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Dunning.Dashboard.Access;

/// <summary>
/// The key ring of ASP.NET Core Data Protection, in the partition <c>config</c> of the table <c>dunning</c>: every
/// instance of the app accepts the cookies of every other one, also after a restart.
/// </summary>
internal sealed class KeyRingTable(TableClient table) : IXmlRepository
{
    private const string Column = "Xml";

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [
            .. table
                .Query<TableEntity>(Keys.FilterOf(Keys.ConfigPartition, Keys.KeyRingPrefix))
                .Select(row => XElement.Parse(row.GetString(Column))),
        ];

    public void StoreElement(XElement element, string friendlyName) =>
        table.UpsertEntity(
            Rows.Entity(
                Keys.ConfigPartition,
                Keys.KeyRingPrefix + Keys.Escape(friendlyName),
                (Column, element.ToString(SaveOptions.DisableFormatting))
            ),
            TableUpdateMode.Replace
        );
}
