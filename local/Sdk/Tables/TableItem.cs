#nullable disable // As the official assembly: callers see oblivious types in both editions.
namespace Azure.Data.Tables.Models;

public class TableItem(string name)
{
    public string Name { get; } = name;
}
