-- the newest
CREATE TABLE dbo.[Order Lines] (id INT PRIMARY KEY, name NVARCHAR(50) NOT NULL);
SELECT TOP 10 o.id, COUNT(*) AS n, "a ""b""" /* why */
FROM orders AS o LEFT JOIN #tmp t ON t.id = o.id
WHERE o.name LIKE 'it''s%' AND o.price >= 1.5 OR o.x IS NULL
GROUP BY o.id HAVING SUM(o.n) > @min;
